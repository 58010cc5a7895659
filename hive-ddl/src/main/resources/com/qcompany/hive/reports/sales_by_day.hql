-- Sales by day, in the order of time.
-- A day without sales is no row. Discount given is what offers took off the price.
--
-- Parameters:
--   db     database
--   from   first transaction date, uuuu-MM-dd
--   to     last transaction date, included
--   limit  most rows
-- Page:
--   chart  line
--   label  transaction_date
--   value  total_paid online_paid
--   unit   Paid by day
--   totals sales units total_paid online_paid discount_given
-- Usage:
--   beeline -f sales_by_day.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  transaction_date,
  COUNT(*) AS sales,
  SUM(units) AS units,
  SUM(total_paid_price) AS total_paid,
  SUM(CASE WHEN is_online THEN total_paid_price ELSE 0 END) AS online_paid,
  SUM(units * unit_price - total_paid_price) AS discount_given
FROM ${db}.sales_transactions_fact
WHERE transaction_date BETWEEN '${from}' AND '${to}'
GROUP BY transaction_date
ORDER BY transaction_date
LIMIT ${limit};
