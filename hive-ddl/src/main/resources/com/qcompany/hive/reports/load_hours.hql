-- Hours of the sales, newest first: what became of each.
-- An hour is refused, waiting or rejected where any of its groups or rows is, else loaded; a refused group counts until
-- its correction is loaded, a rejected row until a replay has loaded it. No group: none came, or one that was loaded before
-- came again. A row counts once, though a group that was refused and then loaded rejected it twice. An hour before 2000, which a group has by a slip alone, is left out: else all hours since would be rows.
--
-- Parameters:
--   db     database
--   from   first date of the source hour, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  states
--   label  source_hour
--   row    source_date
--   value  state
--   unit   State of the hour
--   totals groups_loaded groups_refused rows_rejected rows_waiting
-- Usage:
--   beeline -f load_hours.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  h.source_date,
  h.source_hour,
  CASE
    WHEN g.groups_loaded IS NULL THEN 'no group'
    WHEN g.groups_refused > 0 THEN 'refused'
    WHEN g.groups_loaded = 0 THEN 'retracted'
    WHEN w.rows_waiting > 0 THEN 'waiting'
    WHEN r.rows_left > 0 THEN 'rejected rows'
    ELSE 'loaded'
  END AS state,
  COALESCE(g.groups_loaded, 0) AS groups_loaded,
  COALESCE(g.groups_refused, 0) AS groups_refused,
  COALESCE(r.rows_rejected, 0) AS rows_rejected,
  COALESCE(w.rows_waiting, 0) AS rows_waiting
FROM (
  SELECT
    CAST(DATE_ADD(e.first_date, CAST(FLOOR((e.first_hour + n.number) / 24) AS INT)) AS STRING) AS source_date,
    LPAD(CAST((e.first_hour + n.number) % 24 AS STRING), 2, '0') AS source_hour
  FROM (
    SELECT
      TO_DATE(MIN(source_hour)) AS first_date,
      HOUR(MIN(source_hour)) AS first_hour,
      24 * DATEDIFF(MAX(source_hour), MIN(source_hour)) + HOUR(MAX(source_hour)) - HOUR(MIN(source_hour)) AS hours
    FROM ${db}.source_groups
    WHERE SUBSTR(CAST(source_hour AS STRING), 1, 10) BETWEEN GREATEST('${from}', '2000-01-01') AND '${to}'
  ) e
  LATERAL VIEW POSEXPLODE(SPLIT(SPACE(e.hours), ' ')) n AS number, blank
) h
LEFT JOIN (
  SELECT
    date_hour,
    SUM(loaded) AS groups_loaded,
    SUM(CASE WHEN last_refused > last_taken THEN 1 ELSE 0 END) AS groups_refused
  FROM (
    SELECT
      SUBSTR(CAST(source_hour AS STRING), 1, 13) AS date_hour,
      SUM(CASE WHEN status = 'loaded' THEN 1 ELSE 0 END) AS loaded,
      MAX(CASE WHEN status = 'refused' THEN 0 ELSE group_sequence END) AS last_taken,
      MAX(CASE WHEN status = 'refused' THEN group_sequence ELSE 0 END) AS last_refused
    FROM ${db}.source_groups
    GROUP BY SUBSTR(CAST(source_hour AS STRING), 1, 13), REGEXP_REPLACE(source_group, '@[0-9]+$', '')
  ) n
  GROUP BY date_hour
) g
  ON g.date_hour = CONCAT(h.source_date, ' ', h.source_hour)
LEFT JOIN (
  SELECT
    SUBSTR(CAST(source_hour AS STRING), 1, 13) AS date_hour,
    COUNT(DISTINCT CONCAT_WS('/', source_group, source_file, CAST(byte_offset AS STRING))) AS rows_rejected,
    SUM(CASE WHEN group_refused OR replayed_in IS NOT NULL THEN 0 ELSE 1 END) AS rows_left
  FROM ${db}.rejected_rows
  GROUP BY SUBSTR(CAST(source_hour AS STRING), 1, 13)
) r
  ON r.date_hour = CONCAT(h.source_date, ' ', h.source_hour)
LEFT JOIN (
  SELECT
    SUBSTR(CAST(source_hour AS STRING), 1, 13) AS date_hour,
    COUNT(*) AS rows_waiting
  FROM ${db}.waiting_rows
  GROUP BY SUBSTR(CAST(source_hour AS STRING), 1, 13)
) w
  ON w.date_hour = CONCAT(h.source_date, ' ', h.source_hour)
ORDER BY h.source_date DESC, h.source_hour DESC
LIMIT ${limit};
