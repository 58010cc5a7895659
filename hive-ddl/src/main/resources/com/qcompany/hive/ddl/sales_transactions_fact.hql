-- Creates sales_transactions_fact: Sales, one row per transaction_id ever.
-- As of the empty warehouse; every publish replaces it by one of the same form.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
-- Usage:
--   beeline -f sales_transactions_fact.hql --hivevar db=q_dwh

CREATE OR REPLACE VIEW ${db}.sales_transactions_fact (
  `transaction_id` COMMENT 'Source id of the sale, unique over all time',
  `customer_id` COMMENT 'Buyer, key of customer_dim',
  `sales_agent_id` COMMENT 'Seller, key of sales_agent_dim\; null for online sales',
  `branch_id` COMMENT 'Place of sale, key of branch_dim\; null for online sales',
  `product_id` COMMENT 'Product sold, key of product_dim',
  `units` COMMENT 'Pieces sold, above 0',
  `unit_price` COMMENT 'Price of one piece before discount, above 0',
  `offer` COMMENT 'Redeemed offer 1 to 5\; null where none was',
  `discount_percentage` COMMENT '5 times offer\; 0 where none was redeemed',
  `total_paid_price` COMMENT 'units * unit_price * (100 - discount_percentage) / 100, exact',
  `is_online` COMMENT 'Whether the sale was made in the web shop',
  `payment_method` COMMENT 'Means of payment, as the source writes it',
  `shipping_address` COMMENT 'Street and number of an online sale',
  `shipping_city` COMMENT 'City of an online sale',
  `shipping_state` COMMENT 'State of an online sale\; city names repeat between states',
  `shipping_postal_code` COMMENT 'Postal code of an online sale, leading zeros kept',
  `source_group` COMMENT 'Group of files that brought the row first',
  `source_hour` COMMENT 'Nominal hour of that group, UTC',
  `run_id` COMMENT 'Load that published the row',
  `extras` COMMENT 'Columns of the source that the feed does not declare',
  `transaction_date` COMMENT 'Date of the sale, uuuu-MM-dd'
)
COMMENT 'Sales, one row per transaction_id ever'
AS SELECT
  `transaction_id`,
  `customer_id`,
  `sales_agent_id`,
  `branch_id`,
  `product_id`,
  `units`,
  `unit_price`,
  `offer`,
  `discount_percentage`,
  `total_paid_price`,
  `is_online`,
  `payment_method`,
  `shipping_address`,
  `shipping_city`,
  `shipping_state`,
  `shipping_postal_code`,
  `source_group`,
  `source_hour`,
  `run_id`,
  `extras`,
  `transaction_date`
FROM ${db}.sales_base
WHERE `added_in` <= 0 AND (`removed_in` IS NULL OR `removed_in` > 0)
UNION ALL
SELECT
  `transaction_id`,
  `customer_id`,
  `sales_agent_id`,
  `branch_id`,
  `product_id`,
  `units`,
  `unit_price`,
  `offer`,
  `discount_percentage`,
  `total_paid_price`,
  `is_online`,
  `payment_method`,
  `shipping_address`,
  `shipping_city`,
  `shipping_state`,
  `shipping_postal_code`,
  `source_group`,
  `source_hour`,
  `run_id`,
  `extras`,
  `transaction_date`
FROM ${db}.sales_delta
WHERE `added_in` > 0 AND `added_in` <= 0 AND (`removed_in` IS NULL OR `removed_in` > 0);
