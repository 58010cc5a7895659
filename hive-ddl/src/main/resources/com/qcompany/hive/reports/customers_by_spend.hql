-- Customers by what they paid, highest first.
-- Names are the current ones.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  customer_fname customer_lname customer_id
--   value  total_paid
--   unit   Paid by customer
--   totals total_paid sales units
-- Usage:
--   beeline -f customers_by_spend.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.customer_id,
  c.customer_fname,
  c.customer_lname,
  s.total_paid,
  s.sales,
  s.units
FROM (
  SELECT
    customer_id,
    SUM(total_paid_price) AS total_paid,
    COUNT(*) AS sales,
    SUM(units) AS units
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
  GROUP BY customer_id
) s
LEFT JOIN ${db}.customer_dim_current c
  ON s.customer_id = c.customer_id
ORDER BY total_paid DESC, customer_id
LIMIT ${limit};
