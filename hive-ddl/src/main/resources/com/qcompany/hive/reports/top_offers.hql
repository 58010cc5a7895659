-- Most redeemed offers.
-- An offer is redeemed once a sale. Sales without an offer are the last row, apart.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  offer
--   value  sales
--   unit   Sales by offer
--   totals sales units total_paid
-- Usage:
--   beeline -f top_offers.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  CASE WHEN s.offer IS NULL THEN 'none' ELSE CONCAT('offer_', s.offer) END AS offer,
  s.discount_percentage,
  s.sales,
  s.units,
  s.total_paid
FROM (
  SELECT
    offer,
    discount_percentage,
    COUNT(*) AS sales,
    SUM(units) AS units,
    SUM(total_paid_price) AS total_paid,
    CASE WHEN offer IS NULL THEN 1 ELSE 0 END AS apart
  FROM ${db}.sales_transactions_fact
  WHERE transaction_date BETWEEN '${from}' AND '${to}'
  GROUP BY offer, discount_percentage
) s
ORDER BY s.apart, s.sales DESC, s.discount_percentage
LIMIT ${limit};
