-- Rejected rows by feed and rule, most first, each with its newest example.
-- A row that breaks several rules counts for each, and once though a group that was refused and then loaded rejected it twice.
--
-- Parameters:
--   db     database
--   from   first date of the source hour, uuuu-MM-dd
--   to     last date, included
--   limit  most rows
-- Page:
--   chart  bars
--   label  rule
--   value  rejected
--   unit   Rejected rows by rule
-- Usage:
--   beeline -f rejected_rows_by_rule.hql --hivevar db=q_dwh --hivevar from=0001-01-01 --hivevar to=9999-12-31 --hivevar limit=20

SELECT
  s.feed,
  s.rule,
  s.rejected,
  s.example_file,
  s.example_line,
  s.column_name,
  s.column_value,
  s.message
FROM (
  SELECT
    feed,
    rule,
    COUNT(DISTINCT CONCAT_WS('/', source_group, source_file, CAST(byte_offset AS STRING)))
      OVER (PARTITION BY feed, rule) AS rejected,
    ROW_NUMBER() OVER (
      PARTITION BY feed, rule ORDER BY source_hour DESC, source_group, source_file, byte_offset, run_id
    ) AS place,
    CONCAT(source_group, '/', source_file) AS example_file,
    CAST(line_number AS STRING) AS example_line,
    column_name,
    column_value,
    message
  FROM ${db}.rejected_rows
  LATERAL VIEW EXPLODE(rule_codes) rules AS rule
  WHERE rejected_date BETWEEN '${from}' AND '${to}'
) s
WHERE s.place = 1
ORDER BY rejected DESC, feed, rule
LIMIT ${limit};
