-- Most selling products, by units.
-- Names repeat between products, so the id decides. Names and categories are the current ones.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  product_name product_id
--   value  units
--   unit   Units sold by product
--   totals units sales total_paid
-- Usage:
--   beeline -f top_products.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.product_id,
  p.product_name,
  p.product_category,
  s.units,
  s.sales,
  s.total_paid
FROM (
  SELECT
    product_id,
    SUM(units) AS units,
    COUNT(*) AS sales,
    SUM(total_paid_price) AS total_paid
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
  GROUP BY product_id
) s
LEFT JOIN ${db}.product_dim_current p
  ON s.product_id = p.product_id
ORDER BY units DESC, sales DESC, product_id
LIMIT ${limit};
