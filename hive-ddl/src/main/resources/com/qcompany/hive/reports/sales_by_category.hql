-- Sales by product category, highest first.
-- Categories are the current ones.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  product_category
--   value  total_paid
--   unit   Paid by category
--   totals products sales units total_paid
-- Usage:
--   beeline -f sales_by_category.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  p.product_category,
  COUNT(*) AS products,
  SUM(s.sales) AS sales,
  SUM(s.units) AS units,
  SUM(s.total_paid) AS total_paid
FROM (
  SELECT
    product_id,
    COUNT(*) AS sales,
    SUM(units) AS units,
    SUM(total_paid_price) AS total_paid
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
  GROUP BY product_id
) s
LEFT JOIN ${db}.product_dim_current p
  ON s.product_id = p.product_id
GROUP BY p.product_category
ORDER BY total_paid DESC, product_category
LIMIT ${limit};
