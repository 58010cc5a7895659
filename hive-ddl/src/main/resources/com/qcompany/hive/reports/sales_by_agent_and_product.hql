-- Sales of each agent by day and product.
-- Online sales are left out; others that name no agent are of agent none. Names are the current ones; for one day let
-- from and to be that day.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  sales_agent_name sales_agent_id
--   value  total_paid
--   unit   Paid by agent
--   totals units sales total_paid
-- Usage:
--   beeline -f sales_by_agent_and_product.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.transaction_date,
  s.sales_agent_id,
  CASE WHEN s.sales_agent_id IS NULL THEN 'none' ELSE a.sales_agent_name END AS sales_agent_name,
  s.product_id,
  p.product_name,
  s.units,
  s.sales,
  s.total_paid
FROM (
  SELECT
    transaction_date,
    sales_agent_id,
    product_id,
    SUM(units) AS units,
    COUNT(*) AS sales,
    SUM(total_paid_price) AS total_paid
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
    AND NOT is_online
  GROUP BY transaction_date, sales_agent_id, product_id
) s
LEFT JOIN ${db}.sales_agent_dim_current a
  ON s.sales_agent_id = a.sales_agent_id
LEFT JOIN ${db}.product_dim_current p
  ON s.product_id = p.product_id
ORDER BY transaction_date, sales_agent_id NULLS LAST, product_id
LIMIT ${limit};
