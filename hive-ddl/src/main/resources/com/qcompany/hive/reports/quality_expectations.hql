-- What the contracts expect of the files, newest hour first: what was found, and the range that is right.
-- A warning stops nothing; after a failure the group is refused. Unjudged: fewer than three groups of the hours before are
-- there to compare with.
--
-- Parameters:
--   db     database
--   from   first date of the source hour, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  states
--   label  source_hour
--   row    source_date feed expectation
--   value  outcome
--   unit   Outcome by hour
-- Usage:
--   beeline -f quality_expectations.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  measured_date AS source_date,
  LPAD(CAST(HOUR(source_hour) AS STRING), 2, '0') AS source_hour,
  source_group,
  expectation,
  feed,
  column_name,
  metric,
  metric_value,
  at_least,
  at_most,
  outcome,
  run_id
FROM ${db}.quality_metrics
WHERE measured_date BETWEEN '${from}' AND '${to}'
  AND expectation IS NOT NULL
ORDER BY source_date DESC, source_hour DESC, source_group, run_id DESC, feed, column_name, metric
LIMIT ${limit};
