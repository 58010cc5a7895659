-- Popular categories in the app, by events.
-- Events without a category are the last row, apart.
-- Only product views name a category, so that row has the other kinds of events too.
--
-- Parameters:
--   db     database
--   from   first date of the events, uuuu-MM-dd
--   to     last date of the events, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  category
--   value  events product_views
--   unit   Events by category
--   totals events product_views
-- Usage:
--   beeline -f app_popular_categories.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  CASE WHEN e.category IS NULL THEN 'none' ELSE e.category END AS category,
  e.events,
  e.product_views
FROM (
  SELECT
    category,
    COUNT(*) AS events,
    SUM(CASE WHEN eventtype = 'productView' THEN 1 ELSE 0 END) AS product_views,
    CASE WHEN category IS NULL THEN 1 ELSE 0 END AS apart
  FROM ${db}.kafka
  WHERE event_date BETWEEN '${from}' AND '${to}'
  GROUP BY category
) e
ORDER BY e.apart, e.events DESC, category
LIMIT ${limit};
