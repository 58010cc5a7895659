-- Creates customer_dim: Customers, one row per version of their names and e-mail.
-- A table that exists stays as it is. Publishing moves its location to the current version.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f customer_dim.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.customer_dim (
  `customer_id` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source id of the customer',
  `customer_fname` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'First name',
  `customer_lname` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Last name',
  `customer_email` string COMMENT 'E-mail address, freed of the junk behind it',
  `last_shipping_address` string COMMENT 'Street and number last shipped to\; no history',
  `last_shipping_city` string COMMENT 'City last shipped to\; no history',
  `last_shipping_state` string COMMENT 'State last shipped to\; no history',
  `last_shipping_postal_code` string COMMENT 'Postal code last shipped to\; no history',
  `last_shipping_seen_in` string COMMENT 'Source (hour/group) of the last shipping address',
  `version_number` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source hour of the first group that shows this version, UTC',
  `valid_to` timestamp COMMENT 'Source hour of the first group that shows the next\; null if current',
  `is_current` boolean NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Whether no later version is known',
  `seen_in` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64',
  PRIMARY KEY (`customer_id`, `version_number`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Customers, one row per version of their names and e-mail'
STORED AS PARQUET
LOCATION '${root}/tables/customer_dim/v-0000000000'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
