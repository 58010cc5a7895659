-- Freezes the app-log events that reports read, for one session.
-- A temporary table hides the permanent one of its name, so the reports that follow read one state of the events, even
-- if an hour closes meanwhile. Answers from statistics are off: without autogather a temporary table says it has 0 rows.
--
-- Parameters:
--   db    database
--   from  first date of the events, uuuu-MM-dd
--   to    last date of the events, included
-- Usage:
--   beeline -i frozen_events.hql -f app_sales_by_hour.hql --hivevar db=q_dwh --hivevar from=… --hivevar to=… --hivevar limit=20

SET hive.compute.query.using.stats=false;

CREATE TEMPORARY TABLE ${db}.kafka
STORED AS PARQUET
AS SELECT
  eventtype,
  customerid,
  category,
  quantity,
  totalamount,
  paymentmethod,
  ingested_at,
  event_date,
  event_hour
FROM ${db}.kafka
WHERE event_date BETWEEN '${from}' AND '${to}';
