-- Creates waiting_rows: Sales whose agent or branch is not known yet; loaded once it is.
-- A table that exists stays as it is. Publishing moves its location to the current version.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f waiting_rows.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.waiting_rows (
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
  PRIMARY KEY (`source_file`, `byte_offset`, `source_group`, `source_hour`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Sales whose agent or branch is not known yet\; loaded once it is'
STORED AS PARQUET
LOCATION '${root}/tables/waiting_rows/v-0000000000'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
