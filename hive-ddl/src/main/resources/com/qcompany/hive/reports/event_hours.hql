-- Closed hours of the app log, newest first: events, and when they came in.
-- An hour is here once it is closed, that is in one file that readers see.
--
-- Parameters:
--   db     database
--   from   first date of the events, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  line
--   label  event_date event_hour
--   value  events
--   unit   Events by hour
--   totals events
--   order  newest-first
-- Usage:
--   beeline -f event_hours.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  event_date,
  event_hour,
  COUNT(*) AS events,
  SUBSTR(CAST(MIN(ingested_at) AS STRING), 1, 19) AS first_ingested_at,
  SUBSTR(CAST(MAX(ingested_at) AS STRING), 1, 19) AS last_ingested_at
FROM ${db}.kafka
WHERE event_date BETWEEN '${from}' AND '${to}'
GROUP BY event_date, event_hour
ORDER BY event_date DESC, event_hour DESC
LIMIT ${limit};
