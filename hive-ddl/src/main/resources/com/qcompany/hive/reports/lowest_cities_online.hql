-- Cities with the lowest online sales, lowest first.
-- By the city and state the sale itself was shipped to; city names repeat between states. Sales whose address names no
-- city are no city and left out.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Usage:
--   beeline -f lowest_cities_online.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  shipping_city,
  shipping_state,
  SUM(total_paid_price) AS total_paid,
  COUNT(*) AS sales,
  SUM(units) AS units
FROM ${db}.sales_transactions_fact
WHERE transaction_date BETWEEN '${from}' AND '${to}'
  AND is_online
  AND shipping_city IS NOT NULL
GROUP BY shipping_city, shipping_state
ORDER BY total_paid, shipping_city, shipping_state
LIMIT ${limit};
