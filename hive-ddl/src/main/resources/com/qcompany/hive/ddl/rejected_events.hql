-- Creates rejected_events: Records of the app log that were refused, as they were received, and the reason.
-- A table that exists stays as it is. MSCK REPAIR TABLE finds its partitions.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f rejected_events.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.rejected_events (
  `kafka_topic` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Topic of the record',
  `kafka_partition` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Partition of the record',
  `kafka_offset` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Offset of the record\; with topic and partition its identity',
  `record_time` timestamp COMMENT 'Time of the record, UTC\; null where it has none',
  `rule_codes` array<string> NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'The rule that the record breaks',
  `column_name` string COMMENT 'Column or field that the rule is about, where there is one',
  `column_value` string COMMENT 'That column\'s value as received, JSON, cut where it is long',
  `message` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Why, and what is allowed',
  `raw_key` string COMMENT 'Key of the record\; null where it has none',
  `raw_key_encoding` string COMMENT 'utf-8, or base64 where the key is no UTF-8',
  `raw_value` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Value of the record',
  `raw_value_encoding` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'utf-8, or base64 where the value is no UTF-8',
  `headers` string COMMENT 'Headers in their order, JSON: [[name, value in base64 or null], ...]',
  `epoch` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Epoch of the stream that refused it',
  PRIMARY KEY (`kafka_topic`, `kafka_partition`, `kafka_offset`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Records of the app log that were refused, as they were received, and the reason'
PARTITIONED BY (
  `rejected_hour` string COMMENT 'Hour of the record\'s time, UTC, uuuu-MM-dd-HH'
)
STORED AS PARQUET
LOCATION '${root}/tables/rejected_events'
TBLPROPERTIES (
  'discover.partitions'='true',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
