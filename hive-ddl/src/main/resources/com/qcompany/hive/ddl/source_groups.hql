-- Creates source_groups: Groups that were loaded, refused or retracted; dimensions name them by group_sequence.
-- A table that exists stays as it is. Publishing moves its location to the current version.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f source_groups.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.source_groups (
  `group_sequence` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Ledger record of the group',
  `source_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The group, as hour/group[@version]',
  `source_hour` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Nominal hour of the group, UTC',
  `status` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'loaded, refused or retracted',
  `published_in` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Publish that decided',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that decided',
  PRIMARY KEY (`group_sequence`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Groups that were loaded, refused or retracted\; dimensions name them by group_sequence'
STORED AS PARQUET
LOCATION '${root}/tables/source_groups/v-0000000000'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
