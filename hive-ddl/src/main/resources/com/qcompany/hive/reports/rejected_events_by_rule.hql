-- Rejected records of the app log by rule, most first, each with its newest example.
--
-- Parameters:
--   db     database
--   from   first date of the record, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  rule
--   value  rejected
--   unit   Rejected records by rule
--   totals rejected
-- Usage:
--   beeline -f rejected_events_by_rule.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.rule,
  s.rejected,
  s.example,
  s.column_name,
  s.column_value,
  s.message
FROM (
  SELECT
    rule,
    COUNT(*) OVER (PARTITION BY rule) AS rejected,
    ROW_NUMBER() OVER (PARTITION BY rule ORDER BY kafka_offset DESC, kafka_partition, kafka_topic) AS place,
    CONCAT_WS(' ', kafka_topic, CAST(kafka_partition AS STRING), CAST(kafka_offset AS STRING)) AS example,
    column_name,
    column_value,
    message
  FROM ${db}.rejected_events
  LATERAL VIEW EXPLODE(rule_codes) rules AS rule
  WHERE SUBSTR(rejected_hour, 1, 10) BETWEEN '${from}' AND '${to}'
) s
WHERE s.place = 1
ORDER BY rejected DESC, rule
LIMIT ${limit};
