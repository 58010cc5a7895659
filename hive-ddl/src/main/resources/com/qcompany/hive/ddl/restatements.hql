-- Creates restatements: Published sales that changed later: each column with both values.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f restatements.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.restatements (
  `transaction_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The sale',
  `transaction_date` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Its date before the change, uuuu-MM-dd',
  `column_name` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Column that changed',
  `old_value` string COMMENT 'Its value before',
  `new_value` string COMMENT 'Its value afterwards\; null where the sale was taken back',
  `old_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Group that brought the sale as it was, as hour/group',
  `cause` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Group that corrected it\; or which one was retracted or restored, and why',
  `published_in` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Publish that shows the new value',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that made it',
  PRIMARY KEY (`transaction_id`, `column_name`, `published_in`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Published sales that changed later: each column with both values'
PARTITIONED BY (
  `restated_date` string COMMENT 'Date of the source hour of the correction, or of the retraction, uuuu-MM-dd'
)
STORED AS PARQUET
LOCATION '${root}/tables/restatements/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
