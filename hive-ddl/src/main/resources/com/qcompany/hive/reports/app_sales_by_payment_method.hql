-- Sales in the app by payment method, highest revenue first.
-- Purchases that name no method are the last row, apart. One without an amount counts and adds nothing.
--
-- Parameters:
--   db     database
--   from   first date of the events, uuuu-MM-dd
--   to     last date of the events, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  payment_method
--   value  revenue
--   unit   Revenue by payment method
--   totals purchases units revenue
-- Usage:
--   beeline -f app_sales_by_payment_method.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  CASE WHEN e.paymentmethod IS NULL THEN 'none' ELSE e.paymentmethod END AS payment_method,
  e.purchases,
  e.units,
  e.revenue
FROM (
  SELECT
    paymentmethod,
    COUNT(*) AS purchases,
    COALESCE(SUM(quantity), 0) AS units,
    COALESCE(SUM(totalamount), 0) AS revenue,
    CASE WHEN paymentmethod IS NULL THEN 1 ELSE 0 END AS apart
  FROM ${db}.kafka
  WHERE event_date BETWEEN '${from}' AND '${to}'
    AND eventtype = 'purchase'
  GROUP BY paymentmethod
) e
ORDER BY e.apart, e.revenue DESC, payment_method
LIMIT ${limit};
