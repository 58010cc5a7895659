-- Creates rejected_rows: Rows that were refused, with their raw text and the reason.
-- A table that exists stays as it is. MSCK REPAIR TABLE finds its partitions.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f rejected_rows.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.rejected_rows (
  `feed` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Feed the row came in\; events for those of the app log',
  `source_file` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'File name in the raw zone\; topic-partition of an event',
  `byte_offset` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Where the row begins in the file, in bytes\; Kafka offset of an event',
  `source_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Group of the file\; topic of an event',
  `source_hour` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Nominal hour of the group, or hour of an event\'s record, UTC',
  `rule_codes` array<string> NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Every rule the row breaks',
  `column_name` string COMMENT 'Column of the first broken rule, where it has one',
  `column_value` string COMMENT 'That column\'s value, as received\; of an event as JSON',
  `message` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Why, and what is allowed',
  `raw_line` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The row as received, without its line end\; value of an event\'s record',
  `raw_encoding` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'utf-8, or base64 where the bytes are no UTF-8',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that refused the row, or epoch of the stream',
  PRIMARY KEY (`source_group`, `source_hour`, `source_file`, `byte_offset`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Rows that were refused, with their raw text and the reason'
PARTITIONED BY (
  `rejected_hour` string COMMENT 'Source hour, uuuu-MM-dd-HH'
)
STORED AS PARQUET
LOCATION '${root}/tables/rejected_rows'
TBLPROPERTIES (
  'discover.partitions'='true',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
