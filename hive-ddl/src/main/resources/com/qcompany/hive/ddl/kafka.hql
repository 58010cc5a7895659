-- Creates kafka: App-log events, one row per Kafka record.
-- A table that exists stays as it is. MSCK REPAIR TABLE finds its partitions.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f kafka.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.kafka (
  `eventtype` string COMMENT 'productView, addToCart, purchase or recommendationClick',
  `customerid` string COMMENT 'Customer, as the app writes it\; need not exist',
  `productid` string COMMENT 'Product, as the app writes it\; need not exist',
  `timestamp` timestamp COMMENT 'Event time in the configured zone\; its record\'s where it has none',
  `category` string COMMENT 'metadata.category of a productView',
  `source` string COMMENT 'metadata.source of a productView',
  `quantity` int COMMENT 'Pieces of an addToCart or purchase',
  `totalamount` decimal(18,4) COMMENT 'Amount of a purchase',
  `paymentmethod` string COMMENT 'Means of payment of a purchase',
  `recommendedproductid` string COMMENT 'Product of a recommendationClick',
  `algorithm` string COMMENT 'Algorithm of a recommendationClick',
  `extras` map<string,string> COMMENT 'Fields the table does not declare, nested ones as JSON',
  `kafka_topic` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Topic of the record',
  `kafka_partition` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Partition of the record',
  `kafka_offset` bigint NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Offset of the record\; with topic and partition its identity',
  `ingested_at` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'When the consumer took it, UTC',
  PRIMARY KEY (`kafka_topic`, `kafka_partition`, `kafka_offset`) DISABLE NOVALIDATE NORELY
)
COMMENT 'App-log events, one row per Kafka record'
PARTITIONED BY (
  `event_date` string COMMENT 'Date of the event, uuuu-MM-dd',
  `event_hour` int COMMENT 'Hour of the event, 0 to 23'
)
STORED AS PARQUET
LOCATION '${root}/tables/kafka'
TBLPROPERTIES (
  'discover.partitions'='true',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
