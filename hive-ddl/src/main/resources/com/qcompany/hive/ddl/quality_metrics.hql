-- Creates quality_metrics: What the load measured of each column of a group's files, and what the contract expects of it.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f quality_metrics.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.quality_metrics (
  `source_hour` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Nominal hour of the group, UTC',
  `source_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The group, as hour/group',
  `group_refused` boolean NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Whether the whole group was refused, so that it loaded nothing',
  `feed` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Feed of the file',
  `column_name` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Column of the feed\; * for whole records',
  `metric` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'What is measured, as docs/quality.md lists',
  `metric_value` decimal(38,6) COMMENT 'The value, where it is a number',
  `metric_text` string COMMENT 'The value, where it is a date, or the most frequent values as JSON',
  `sketch` string COMMENT 'Apache DataSketches sketch in base64, by which hours are merged',
  `expectation` string COMMENT 'Name of what the contract expects',
  `at_least` decimal(38,6) COMMENT 'Lowest value that meets it',
  `at_most` decimal(38,6) COMMENT 'Highest value that meets it',
  `outcome` string COMMENT 'met, warning, failure, or unjudged where too few earlier hours are known',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that measured it',
  PRIMARY KEY (`source_group`, `feed`, `column_name`, `metric`, `run_id`) DISABLE NOVALIDATE NORELY
)
COMMENT 'What the load measured of each column of a group\'s files, and what the contract expects of it'
PARTITIONED BY (
  `measured_date` string COMMENT 'Date of the source hour, uuuu-MM-dd'
)
STORED AS PARQUET
LOCATION '${root}/tables/quality_metrics/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
