-- Units that each agent sold of each product, by day: the rows of the B2B files.
-- An agent is its id and a product its id: two of one name are two rows. A name is the one in force at the day's last
-- source hour that sold the pair. Online sales have no agent and are left out.
--
-- Parameters:
--   db    database
--   from  first transaction date, uuuu-MM-dd
--   to    last transaction date, included
-- Usage:
--   beeline -f agent_product_units.hql --hivevar db=q_dwh --hivevar from=2024-07-04 --hivevar to=2024-07-04

SELECT
  transaction_date,
  sales_agent_id,
  product_id,
  MAX(STRUCT(source_hour, sales_agent_name)).col2 AS sales_agent_name,
  MAX(STRUCT(source_hour, product_name)).col2 AS product_name,
  SUM(units) AS total_sold_units
FROM ${db}.sales
WHERE transaction_date BETWEEN '${from}' AND '${to}'
  AND sales_agent_id IS NOT NULL
GROUP BY transaction_date, sales_agent_id, product_id
ORDER BY transaction_date, sales_agent_id, product_id;
