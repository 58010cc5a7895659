-- Measured columns of the files of the last seven days, newest hour first.
-- Column * stands for whole records. q quality prints all metrics of an hour.
--
-- Parameters:
--   db     database
--   from   first date of the source hour, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  line
--   label  source_group run_id
--   row    feed
--   value  records
--   unit   Records by group, run and feed
--   order  newest-first
-- Usage:
--   beeline -f quality_metrics.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  measured_date AS source_date,
  LPAD(CAST(HOUR(source_hour) AS STRING), 2, '0') AS source_hour,
  source_group,
  feed,
  column_name,
  MAX(CASE WHEN metric = 'records' THEN metric_value END) AS records,
  MAX(CASE WHEN metric = 'completeness' THEN metric_value END) AS completeness,
  MAX(CASE WHEN metric = 'distinct' THEN metric_value END) AS distinct_values,
  MAX(CASE WHEN metric = 'min' THEN COALESCE(metric_text, CAST(metric_value AS STRING)) END) AS least,
  MAX(CASE WHEN metric = 'max' THEN COALESCE(metric_text, CAST(metric_value AS STRING)) END) AS greatest,
  MAX(CASE WHEN metric = 'mean' THEN metric_value END) AS mean,
  MAX(CASE WHEN metric = 'median' THEN metric_value END) AS median,
  MAX(CASE WHEN metric = 'pattern_share' THEN metric_value END) AS pattern_share,
  MAX(CASE WHEN metric = 'reference_misses' THEN metric_value END) AS reference_misses,
  MAX(CASE WHEN metric = 'top_values' THEN metric_text END) AS top_values,
  run_id
FROM (
  SELECT
    m.*,
    MAX(measured_date) OVER () AS last_date
  FROM ${db}.quality_metrics m
  WHERE measured_date BETWEEN '${from}' AND '${to}'
) d
WHERE DATEDIFF(last_date, measured_date) < 7
GROUP BY measured_date, source_hour, source_group, run_id, feed, column_name
ORDER BY source_date DESC, source_hour DESC, source_group, run_id DESC, feed, column_name
LIMIT ${limit};
