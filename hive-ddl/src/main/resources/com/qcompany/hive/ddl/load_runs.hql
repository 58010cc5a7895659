-- Creates load_runs: Runs of load and compact: when, how long, and what became of every line; and scheduled steps that failed.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f load_runs.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.load_runs (
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Id of the run',
  `command` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'load, compact, retract or restore, or the scheduled step that failed',
  `status` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'published, checks_failed or failed',
  `started_at` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Start, UTC',
  `finished_at` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'When publishing began, UTC',
  `job_millis` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Duration of the MapReduce jobs, in milliseconds',
  `groups` array<string> NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Groups loaded, as hour/group',
  `groups_refused` array<string> NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Groups refused, as hour/group',
  `lines_in` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Data lines read',
  `rows_loaded` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Rows accepted into a table',
  `rows_duplicate` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Rows that were there already, unchanged',
  `rows_rejected` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Rows in rejected_rows',
  `rows_superseded` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Rows of a sale whose later version stands',
  `rows_waiting` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Rows in waiting_rows',
  `rows_refused` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Other rows of refused groups, which load nothing',
  `units_loaded` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Sum of units of loaded sales',
  `total_paid_loaded` decimal(38,6) NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Sum of total_paid_price of loaded sales',
  `partitions_touched` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Partitions that got a file or a new version',
  `files_written` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Files published',
  `counters` map<string,string> COMMENT 'Every fix and rejection by name, and the version of each contract',
  `message` string COMMENT 'Why a run or a group was refused, or the hour and reason of a step that failed',
  PRIMARY KEY (`run_id`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Runs of load and compact: when, how long, and what became of every line\; and scheduled steps that failed'
PARTITIONED BY (
  `run_date` string COMMENT 'UTC date of the start, uuuu-MM-dd'
)
STORED AS PARQUET
LOCATION '${root}/tables/load_runs/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
