-- Freezes the sales that reports read, for one session.
-- A temporary table hides the permanent one of its name, so the reports that follow read one state of the warehouse, and
-- its partitions once instead of once a report. Answers from statistics are off: without
-- autogather a temporary table says it has 0 rows.
--
-- Parameters:
--   db    database
--   from  first transaction date, uuuu-MM-dd
--   to    last transaction date, included
-- Usage:
--   beeline -i frozen_sales.hql -f top_products.hql --hivevar db=q_dwh --hivevar from=… --hivevar to=… --hivevar limit=20

SET hive.compute.query.using.stats=false;

CREATE TEMPORARY TABLE ${db}.sales_transactions_fact
STORED AS PARQUET
AS SELECT
  customer_id,
  sales_agent_id,
  product_id,
  units,
  unit_price,
  offer,
  discount_percentage,
  total_paid_price,
  is_online,
  shipping_city,
  shipping_state,
  transaction_date
FROM ${db}.sales_transactions_fact
WHERE transaction_date BETWEEN '${from}' AND '${to}';
