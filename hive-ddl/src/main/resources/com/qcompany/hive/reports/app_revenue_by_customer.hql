-- Revenue in the app by customer, highest first.
-- Ids are the app's, some of which the customer dimension does not have. Purchases that name no customer are left out.
--
-- Parameters:
--   db     database
--   from   first date of the events, uuuu-MM-dd
--   to     last date of the events, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  customer_id
--   value  revenue
--   unit   Revenue by customer
--   totals revenue purchases units
-- Usage:
--   beeline -f app_revenue_by_customer.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  customerid AS customer_id,
  COALESCE(SUM(totalamount), 0) AS revenue,
  COUNT(*) AS purchases,
  COALESCE(SUM(quantity), 0) AS units
FROM ${db}.kafka
WHERE event_date BETWEEN '${from}' AND '${to}'
  AND eventtype = 'purchase'
  AND customerid IS NOT NULL
GROUP BY customerid
ORDER BY revenue DESC, customer_id
LIMIT ${limit};
