-- Creates transaction_keys: Ids of all published sales with a digest of their values, ordered by id.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f transaction_keys.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.transaction_keys (
  `transaction_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source id of the sale',
  `transaction_date` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Date of the sale, uuuu-MM-dd',
  `added_in` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Publish that added the row',
  `content_digest` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT '64-bit digest of the sale\; tells a repeat from a change',
  `group_sequence` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Ledger record of the last group that brought the sale with these values',
  PRIMARY KEY (`transaction_id`, `segment`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Ids of all published sales with a digest of their values, ordered by id'
PARTITIONED BY (
  `segment` bigint COMMENT 'Publish that wrote the keys\; of one id the highest counts'
)
STORED AS PARQUET
LOCATION '${root}/tables/transaction_keys/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
