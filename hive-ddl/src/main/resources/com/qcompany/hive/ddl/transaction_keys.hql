-- Creates transaction_keys: Ids of all published sales with a digest of their values, ordered by date and id.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f transaction_keys.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.transaction_keys (
  `transaction_date` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Date of the sale, uuuu-MM-dd',
  `transaction_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source id of the sale',
  `content_digest` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT '64-bit digest of the sale\; tells a repeat from a change',
  PRIMARY KEY (`transaction_date`, `transaction_id`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Ids of all published sales with a digest of their values, ordered by date and id'
PARTITIONED BY (
  `transaction_year` string COMMENT 'Year of the sale, uuuu'
)
STORED AS PARQUET
LOCATION '${root}/tables/transaction_keys/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
