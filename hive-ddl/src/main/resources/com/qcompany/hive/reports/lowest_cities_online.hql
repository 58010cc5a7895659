-- Cities with the lowest online sales, lowest first.
-- Sales whose address names no city are the last row, apart.
-- By the city and state the sale itself was shipped to; city names repeat between states.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  shipping_city shipping_state
--   value  total_paid
--   unit   Paid online by city
--   totals total_paid sales units
-- Usage:
--   beeline -f lowest_cities_online.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  COALESCE(c.shipping_city, 'none') AS shipping_city,
  c.shipping_state,
  c.total_paid,
  c.sales,
  c.units
FROM (
  SELECT
    shipping_city,
    shipping_state,
    SUM(total_paid_price) AS total_paid,
    COUNT(*) AS sales,
    SUM(units) AS units,
    CASE WHEN shipping_city IS NULL THEN 1 ELSE 0 END AS apart
  FROM (
    SELECT
      shipping_city,
      CASE WHEN shipping_city IS NOT NULL THEN shipping_state END AS shipping_state,
      total_paid_price,
      units
    FROM ${db}.sales_transactions_fact
    WHERE transaction_date BETWEEN '${from}' AND '${to}'
      AND is_online
  ) s
  GROUP BY shipping_city, shipping_state
) c
ORDER BY c.apart, total_paid, shipping_city, c.shipping_state
LIMIT ${limit};
