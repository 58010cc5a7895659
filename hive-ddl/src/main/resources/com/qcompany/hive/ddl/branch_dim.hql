-- Creates branch_dim: Branches, one row per version of their location, date and class.
-- A table that exists stays as it is. Publishing moves its location to the current version.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f branch_dim.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.branch_dim (
  `branch_id` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source id of the branch',
  `location` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'City of the branch',
  `establish_date` date NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Day the branch opened',
  `branch_class` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Class A to D',
  `extras` map<string,string> COMMENT 'Last known columns that the feed does not declare\; no history',
  `extras_seen_in` string COMMENT 'Source (hour/group) of the extras',
  `version_number` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source hour of the first group that shows this version, UTC',
  `valid_to` timestamp COMMENT 'Source hour of the first group that shows the next\; null if current',
  `is_current` boolean NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Whether no later version is known',
  `seen_in` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64',
  PRIMARY KEY (`branch_id`, `version_number`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Branches, one row per version of their location, date and class'
STORED AS PARQUET
LOCATION '${root}/tables/branch_dim/v-0000000000'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
