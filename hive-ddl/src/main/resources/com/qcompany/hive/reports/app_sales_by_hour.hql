-- Sales in the app by hour, in the order of time.
-- By the hour of the event in the stream's zone. An hour with events and no purchase has zeros; one without events is
-- no row.
--
-- Parameters:
--   db     database
--   from   first date of the events, uuuu-MM-dd
--   to     last date of the events, included
--   limit  most rows
-- Page:
--   chart  line
--   label  event_date event_hour
--   value  revenue
--   unit   Revenue by hour
--   totals events purchases units revenue
-- Usage:
--   beeline -f app_sales_by_hour.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  event_date,
  event_hour,
  COUNT(*) AS events,
  SUM(CASE WHEN eventtype = 'purchase' THEN 1 ELSE 0 END) AS purchases,
  COALESCE(SUM(CASE WHEN eventtype = 'purchase' THEN quantity END), 0) AS units,
  COALESCE(SUM(CASE WHEN eventtype = 'purchase' THEN totalamount END), 0) AS revenue
FROM ${db}.kafka
WHERE event_date BETWEEN '${from}' AND '${to}'
GROUP BY event_date, event_hour
ORDER BY event_date, event_hour
LIMIT ${limit};
