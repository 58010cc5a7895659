-- Runs of load and merge, newest first: how long, and what became of every line.
-- Lines in = loaded + duplicate + superseded + rejected + waiting + refused.
--
-- Parameters:
--   db     database
--   from   first date of the start of the run, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  stack
--   label  started_at
--   value  rows_loaded rows_duplicate rows_superseded rows_rejected rows_waiting rows_refused
--   unit   Rows by run
--   totals lines_in rows_loaded rows_duplicate rows_superseded rows_rejected rows_waiting rows_refused files_written
--   order  newest-first
-- Usage:
--   beeline -f load_runs.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  SUBSTR(CAST(started_at AS STRING), 1, 19) AS started_at,
  command,
  status,
  -- UNIX_TIMESTAMP would take them for times of the server's zone.
  DATEDIFF(finished_at, started_at) * 86400
    + (HOUR(finished_at) - HOUR(started_at)) * 3600
    + (MINUTE(finished_at) - MINUTE(started_at)) * 60
    + SECOND(finished_at) - SECOND(started_at) AS seconds,
  job_millis,
  CONCAT_WS(', ', groups) AS groups,
  CONCAT_WS(', ', groups_refused) AS groups_refused,
  lines_in,
  rows_loaded,
  rows_duplicate,
  rows_superseded,
  rows_rejected,
  rows_waiting,
  rows_refused,
  files_written,
  run_id
FROM ${db}.load_runs
WHERE run_date BETWEEN '${from}' AND '${to}'
ORDER BY started_at DESC, run_id
LIMIT ${limit};
