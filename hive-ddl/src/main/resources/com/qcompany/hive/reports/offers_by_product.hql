-- Most redeemed offers of each product, best first.
-- Sales without an offer are left out. Names are the current ones.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  heat
--   label  offer
--   row    product_name product_id
--   value  sales
--   unit   Sales by offer and product
--   totals sales units total_paid
-- Usage:
--   beeline -f offers_by_product.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.product_id,
  p.product_name,
  ROW_NUMBER() OVER (PARTITION BY s.product_id ORDER BY s.sales DESC, s.offer) AS place,
  CONCAT('offer_', s.offer) AS offer,
  s.sales,
  s.units,
  s.total_paid
FROM (
  SELECT
    product_id,
    offer,
    COUNT(*) AS sales,
    SUM(units) AS units,
    SUM(total_paid_price) AS total_paid
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
    AND offer IS NOT NULL
  GROUP BY product_id, offer
) s
LEFT JOIN ${db}.product_dim_current p
  ON s.product_id = p.product_id
ORDER BY product_id, place
LIMIT ${limit};
