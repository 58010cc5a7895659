-- Creates the views: the current row of each dimension, and sales with what was in force.
-- Running it again replaces them.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
-- Usage:
--   beeline -f views.hql --hivevar db=q_dwh

CREATE OR REPLACE VIEW ${db}.customer_dim_current (
  `customer_id` COMMENT 'Source id of the customer',
  `customer_fname` COMMENT 'First name',
  `customer_lname` COMMENT 'Last name',
  `customer_email` COMMENT 'E-mail address, freed of the junk behind it',
  `last_shipping_address` COMMENT 'Street and number last shipped to\; no history',
  `last_shipping_city` COMMENT 'City last shipped to\; no history',
  `last_shipping_state` COMMENT 'State last shipped to\; no history',
  `last_shipping_postal_code` COMMENT 'Postal code last shipped to\; no history',
  `last_shipping_seen_in` COMMENT 'Source (hour/group) of the last shipping address',
  `version_number` COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` COMMENT 'Source hour of the first group that shows this version, UTC',
  `seen_in` COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64'
)
COMMENT 'The version in force of each row of customer_dim'
AS SELECT
  `customer_id`,
  `customer_fname`,
  `customer_lname`,
  `customer_email`,
  `last_shipping_address`,
  `last_shipping_city`,
  `last_shipping_state`,
  `last_shipping_postal_code`,
  `last_shipping_seen_in`,
  `version_number`,
  `valid_from`,
  `seen_in`
FROM ${db}.customer_dim
WHERE `is_current`;

CREATE OR REPLACE VIEW ${db}.product_dim_current (
  `product_id` COMMENT 'Source id of the product\; names repeat between products',
  `product_name` COMMENT 'Name, not unique',
  `product_category` COMMENT 'Category',
  `version_number` COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` COMMENT 'Source hour of the first group that shows this version, UTC',
  `seen_in` COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64'
)
COMMENT 'The version in force of each row of product_dim'
AS SELECT
  `product_id`,
  `product_name`,
  `product_category`,
  `version_number`,
  `valid_from`,
  `seen_in`
FROM ${db}.product_dim
WHERE `is_current`;

CREATE OR REPLACE VIEW ${db}.sales_agent_dim_current (
  `sales_agent_id` COMMENT 'Source id of the agent',
  `sales_agent_name` COMMENT 'Full name',
  `hire_date` COMMENT 'Day of hire\; the source changes it between groups',
  `extras` COMMENT 'Last known columns that the feed does not declare\; no history',
  `extras_seen_in` COMMENT 'Source (hour/group) of the extras',
  `version_number` COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` COMMENT 'Source hour of the first group that shows this version, UTC',
  `seen_in` COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64'
)
COMMENT 'The version in force of each row of sales_agent_dim'
AS SELECT
  `sales_agent_id`,
  `sales_agent_name`,
  `hire_date`,
  `extras`,
  `extras_seen_in`,
  `version_number`,
  `valid_from`,
  `seen_in`
FROM ${db}.sales_agent_dim
WHERE `is_current`;

CREATE OR REPLACE VIEW ${db}.branch_dim_current (
  `branch_id` COMMENT 'Source id of the branch',
  `location` COMMENT 'City of the branch',
  `establish_date` COMMENT 'Day the branch opened',
  `branch_class` COMMENT 'Class A to D',
  `extras` COMMENT 'Last known columns that the feed does not declare\; no history',
  `extras_seen_in` COMMENT 'Source (hour/group) of the extras',
  `version_number` COMMENT '1 for the first version of a key, in the order of the source',
  `valid_from` COMMENT 'Source hour of the first group that shows this version, UTC',
  `seen_in` COMMENT 'Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64'
)
COMMENT 'The version in force of each row of branch_dim'
AS SELECT
  `branch_id`,
  `location`,
  `establish_date`,
  `branch_class`,
  `extras`,
  `extras_seen_in`,
  `version_number`,
  `valid_from`,
  `seen_in`
FROM ${db}.branch_dim
WHERE `is_current`;

CREATE OR REPLACE VIEW ${db}.sales (
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
  `transaction_date` COMMENT 'Date of the sale, uuuu-MM-dd',
  `customer_fname` COMMENT 'First name',
  `customer_lname` COMMENT 'Last name',
  `customer_email` COMMENT 'E-mail address, freed of the junk behind it',
  `product_name` COMMENT 'Name, not unique',
  `product_category` COMMENT 'Category',
  `sales_agent_name` COMMENT 'Full name',
  `hire_date` COMMENT 'Day of hire\; the source changes it between groups',
  `location` COMMENT 'City of the branch',
  `establish_date` COMMENT 'Day the branch opened',
  `branch_class` COMMENT 'Class A to D'
)
COMMENT 'Sales, each once, with the versions in force at its source hour'
AS SELECT
  f.`transaction_id`,
  f.`customer_id`,
  f.`sales_agent_id`,
  f.`branch_id`,
  f.`product_id`,
  f.`units`,
  f.`unit_price`,
  f.`offer`,
  f.`discount_percentage`,
  f.`total_paid_price`,
  f.`is_online`,
  f.`payment_method`,
  f.`shipping_address`,
  f.`shipping_city`,
  f.`shipping_state`,
  f.`shipping_postal_code`,
  f.`source_group`,
  f.`source_hour`,
  f.`run_id`,
  f.`extras`,
  f.`transaction_date`,
  c.`customer_fname`,
  c.`customer_lname`,
  c.`customer_email`,
  p.`product_name`,
  p.`product_category`,
  s.`sales_agent_name`,
  s.`hire_date`,
  b.`location`,
  b.`establish_date`,
  b.`branch_class`
FROM ${db}.sales_transactions_fact f
LEFT JOIN ${db}.customer_dim c
  ON f.`customer_id` = c.`customer_id`
  AND (c.`version_number` = 1 OR c.`valid_from` <= f.`source_hour`)
  AND (c.`valid_to` IS NULL OR f.`source_hour` < c.`valid_to`)
LEFT JOIN ${db}.product_dim p
  ON f.`product_id` = p.`product_id`
  AND (p.`version_number` = 1 OR p.`valid_from` <= f.`source_hour`)
  AND (p.`valid_to` IS NULL OR f.`source_hour` < p.`valid_to`)
LEFT JOIN ${db}.sales_agent_dim s
  ON f.`sales_agent_id` = s.`sales_agent_id`
  AND (s.`version_number` = 1 OR s.`valid_from` <= f.`source_hour`)
  AND (s.`valid_to` IS NULL OR f.`source_hour` < s.`valid_to`)
LEFT JOIN ${db}.branch_dim b
  ON f.`branch_id` = b.`branch_id`
  AND (b.`version_number` = 1 OR b.`valid_from` <= f.`source_hour`)
  AND (b.`valid_to` IS NULL OR f.`source_hour` < b.`valid_to`);

CREATE OR REPLACE VIEW ${db}.sales_pseudonymous (
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
  `shipping_city` COMMENT 'City of an online sale',
  `shipping_state` COMMENT 'State of an online sale\; city names repeat between states',
  `shipping_postal_code` COMMENT 'Postal code of an online sale, leading zeros kept',
  `source_group` COMMENT 'Group of files that brought the row first',
  `source_hour` COMMENT 'Nominal hour of that group, UTC',
  `run_id` COMMENT 'Load that published the row',
  `transaction_date` COMMENT 'Date of the sale, uuuu-MM-dd',
  `product_name` COMMENT 'Name, not unique',
  `product_category` COMMENT 'Category',
  `hire_date` COMMENT 'Day of hire\; the source changes it between groups',
  `location` COMMENT 'City of the branch',
  `establish_date` COMMENT 'Day the branch opened',
  `branch_class` COMMENT 'Class A to D'
)
COMMENT 'Sales without names, e-mails and streets: customers and agents are their ids'
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
  `shipping_city`,
  `shipping_state`,
  `shipping_postal_code`,
  `source_group`,
  `source_hour`,
  `run_id`,
  `transaction_date`,
  `product_name`,
  `product_category`,
  `hire_date`,
  `location`,
  `establish_date`,
  `branch_class`
FROM ${db}.sales;
