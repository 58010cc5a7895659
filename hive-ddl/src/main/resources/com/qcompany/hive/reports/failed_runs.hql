-- Runs that failed and groups that were refused, newest first, with the reason.
-- A scheduled step that failed is a run too.
--
-- Parameters:
--   db     database
--   from   first date of the start of the run, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Usage:
--   beeline -f failed_runs.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  SUBSTR(CAST(started_at AS STRING), 1, 19) AS started_at,
  command,
  status,
  CONCAT_WS(', ', groups_refused) AS groups_refused,
  message,
  run_id
FROM ${db}.load_runs
WHERE run_date BETWEEN '${from}' AND '${to}'
  AND (status <> 'published' OR SIZE(groups_refused) > 0)
ORDER BY started_at DESC, run_id
LIMIT ${limit};
