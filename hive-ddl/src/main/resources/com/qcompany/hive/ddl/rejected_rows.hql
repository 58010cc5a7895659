-- Creates rejected_rows: Rows that were rejected, with their raw text and the reason.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f rejected_rows.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.rejected_rows (
  `feed` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Feed the row came in',
  `source_file` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'File name as delivered',
  `line_number` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Line of the file in which the row begins, 1 for the header',
  `byte_offset` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Where the row begins in the file, in bytes',
  `source_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Group of the file',
  `group_sequence` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Ledger record of the group',
  `source_hour` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Nominal hour of the group, UTC',
  `rule_codes` array<string> NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Every rule the row breaks',
  `column_name` string COMMENT 'Column of the first broken rule, where it has one',
  `column_value` string COMMENT 'That column\'s value, as received',
  `message` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Why, and what is allowed',
  `raw_line` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The row as received, without its line end',
  `raw_encoding` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'utf-8, or base64 where the bytes are no UTF-8',
  `group_refused` boolean NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Whether the whole group was refused or retracted, so that it loads nothing',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that rejected the row',
  `replayed_in` bigint COMMENT 'Publish of the replay that took the row\; null while it is rejected',
  PRIMARY KEY (`source_file`, `byte_offset`, `source_group`, `source_hour`, `run_id`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Rows that were rejected, with their raw text and the reason'
PARTITIONED BY (
  `rejected_date` string COMMENT 'Date of the source hour, uuuu-MM-dd'
)
STORED AS PARQUET
LOCATION '${root}/tables/rejected_rows/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
