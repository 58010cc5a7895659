-- Creates sales_delta: Sales by the publish that added them, until a merge brings them to sales_base.
-- A table that exists stays as it is. Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
--   root  root directory (q.root), fully qualified
-- Usage:
--   beeline -f sales_delta.hql --hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q

CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.sales_delta (
  `transaction_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Source id of the sale, unique over all time',
  `customer_id` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Buyer, key of customer_dim',
  `sales_agent_id` int COMMENT 'Seller, key of sales_agent_dim\; null for online sales',
  `branch_id` int COMMENT 'Place of sale, key of branch_dim\; null for online sales',
  `product_id` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Product sold, key of product_dim',
  `units` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Pieces sold, above 0',
  `unit_price` decimal(18,4) NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Price of one piece before discount, above 0',
  `offer` int COMMENT 'Redeemed offer 1 to 5\; null where none was',
  `discount_percentage` int NOT NULL DISABLE NOVALIDATE NORELY COMMENT '5 times offer\; 0 where none was redeemed',
  `total_paid_price` decimal(18,6) NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'units * unit_price * (100 - discount_percentage) / 100, exact',
  `is_online` boolean NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Whether the sale was made in the web shop',
  `payment_method` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Means of payment, as the source writes it',
  `shipping_address` string COMMENT 'Street and number of an online sale',
  `shipping_city` string COMMENT 'City of an online sale',
  `shipping_state` string COMMENT 'State of an online sale\; city names repeat between states',
  `shipping_postal_code` string COMMENT 'Postal code of an online sale, leading zeros kept',
  `source_group` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Group of files that brought the row first',
  `source_hour` timestamp NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Nominal hour of that group, UTC',
  `run_id` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Load that published the row',
  `extras` map<string,string> COMMENT 'Columns of the source that the feed does not declare',
  `transaction_date` string NOT NULL DISABLE NOVALIDATE NORELY COMMENT 'Date of the sale, uuuu-MM-dd',
  `removed_in` bigint COMMENT 'Publish that removed the row\; null while it stands',
  PRIMARY KEY (`transaction_id`) DISABLE NOVALIDATE NORELY
)
COMMENT 'Sales by the publish that added them, until a merge brings them to sales_base'
PARTITIONED BY (
  `added_in` bigint COMMENT 'Publish that added the row'
)
STORED AS PARQUET
LOCATION '${root}/tables/sales_delta/root'
TBLPROPERTIES (
  'discover.partitions'='false',
  'external.table.purge'='false',
  'parquet.compression'='SNAPPY'
);
