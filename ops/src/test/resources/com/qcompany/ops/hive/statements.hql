-- What analysts run, in one session. Lines "-- = a|b" before a statement are the rows it must give, in order; without them
-- it must not fail. ${db} is a warehouse, ${lab} a database of their own.

CREATE DATABASE ${lab};
USE ${lab};
SET hive.exec.dynamic.partition.mode=nonstrict;
CREATE TABLE orders (id INT, city STRING, amount DECIMAL(10,2), day DATE, sold_at TIMESTAMP) STORED AS PARQUET;
INSERT INTO orders VALUES
  (1, 'Rome', 10.50, DATE '2024-07-01', TIMESTAMP '2024-07-01 08:00:00'),
  (2, 'Rome', 20.00, DATE '2024-07-02', TIMESTAMP '2024-07-02 09:30:00'),
  (3, 'Oslo', 5.25, DATE '2024-07-02', TIMESTAMP '2024-07-02 23:59:59'),
  (4, NULL, 1.00, DATE '2024-07-03', NULL);
-- = 4|36.75
SELECT COUNT(*), SUM(amount) FROM orders;
CREATE TABLE by_city STORED AS PARQUET AS SELECT city, SUM(amount) AS total FROM orders GROUP BY city;
-- = Oslo|5.25
-- = Rome|30.50
SELECT city, total FROM by_city WHERE city IS NOT NULL ORDER BY city;
INSERT OVERWRITE TABLE by_city SELECT city, MAX(amount) FROM orders GROUP BY city;
-- = 20.00
SELECT total FROM by_city WHERE city = 'Rome';
CREATE TABLE by_day (id INT, amount DECIMAL(10,2)) PARTITIONED BY (day STRING) STORED AS PARQUET;
INSERT INTO by_day PARTITION (day = '2024-06-30') SELECT id, amount FROM orders WHERE id = 4;
INSERT INTO by_day PARTITION (day) SELECT id, amount, CAST(day AS STRING) FROM orders;
-- = day=2024-06-30
-- = day=2024-07-01
-- = day=2024-07-02
-- = day=2024-07-03
SHOW PARTITIONS by_day;
INSERT OVERWRITE TABLE by_day PARTITION (day) SELECT id, amount * 2, CAST(day AS STRING) FROM orders WHERE id = 1;
-- = 2024-07-01|21.00
SELECT day, amount FROM by_day WHERE day = '2024-07-01';
ALTER TABLE by_day DROP PARTITION (day = '2024-06-30');
ALTER TABLE by_day ADD PARTITION (day = '2024-07-09');
MSCK REPAIR TABLE by_day;
FROM orders
  INSERT INTO TABLE by_day PARTITION (day = '2024-08-01') SELECT id, amount WHERE id = 1
  INSERT INTO TABLE by_day PARTITION (day = '2024-08-02') SELECT id, amount WHERE id > 2;
-- = 3
SELECT COUNT(*) FROM by_day WHERE day LIKE '2024-08-%';
-- = 2|1|20.00
-- = 1|2|30.50
SELECT id, ROW_NUMBER() OVER w, SUM(amount) OVER (PARTITION BY city ORDER BY amount DESC ROWS UNBOUNDED PRECEDING)
FROM orders WHERE city = 'Rome' WINDOW w AS (PARTITION BY city ORDER BY amount DESC) ORDER BY id DESC;
-- = 1|null|2
-- = 2|1|3
-- = 3|2|4
-- = 4|3|null
SELECT id, LAG(id) OVER (ORDER BY id), LEAD(id) OVER (ORDER BY id) FROM orders ORDER BY id;
-- = 8
SELECT COUNT(*) FROM (SELECT id FROM orders UNION ALL SELECT id FROM orders) u;
-- = 4
SELECT COUNT(*) FROM (SELECT id FROM orders UNION SELECT id FROM orders) u;
-- = 3
SELECT id FROM orders EXCEPT SELECT id FROM orders WHERE id <> 3;
-- = 2
SELECT COUNT(*) FROM orders o JOIN by_city c ON o.city = c.city WHERE c.city = 'Rome';
-- = 4
SELECT o.id FROM orders o LEFT JOIN by_city c ON o.city = c.city WHERE c.city IS NULL;
-- = 5
SELECT COUNT(*) FROM orders o FULL OUTER JOIN by_city c ON o.city = c.city;
-- = 1
-- = 2
SELECT id FROM orders WHERE city IN (SELECT city FROM by_city WHERE total > 10) ORDER BY id;
-- = 3
SELECT COUNT(*) FROM orders o WHERE EXISTS (SELECT 1 FROM by_city c WHERE c.city = o.city);
-- = Rome|2
WITH cities AS (SELECT city, COUNT(*) AS n FROM orders GROUP BY city) SELECT city, n FROM cities WHERE n > 1;
-- = large|1
-- = small|3
SELECT CASE WHEN amount > 15 THEN 'large' ELSE 'small' END AS size, COUNT(*) FROM orders
GROUP BY CASE WHEN amount > 15 THEN 'large' ELSE 'small' END HAVING COUNT(*) > 0 ORDER BY size;
-- = 4
SELECT COUNT(*) FROM (SELECT city, SUM(amount) FROM orders WHERE city IS NOT NULL OR id = 4 GROUP BY city WITH ROLLUP) r;
-- = 2|3
SELECT COUNT(DISTINCT city), COUNT(DISTINCT day) FROM orders;
-- = 1|a
-- = 1|b
SELECT id, letter FROM orders LATERAL VIEW EXPLODE(SPLIT('a,b', ',')) l AS letter WHERE id = 1 ORDER BY letter;
-- = Oslo,Rome
SELECT CONCAT_WS(',', SORT_ARRAY(COLLECT_SET(city))) FROM orders;
-- = 42|x|7
SELECT REGEXP_EXTRACT('a-42-b', '([0-9]+)', 1), GET_JSON_OBJECT('{"k":"x"}', '$.k'), DATEDIFF('2024-07-08', '2024-07-01');
-- = 2024-07-04|2024-07|9
SELECT DATE_ADD(day, 3), DATE_FORMAT(day, 'yyyy-MM'), HOUR(sold_at + INTERVAL 1 HOUR) FROM orders WHERE id = 1;
CREATE VIEW rome AS SELECT id, amount FROM orders WHERE city = 'Rome';
ALTER VIEW rome AS SELECT id, amount, day FROM orders WHERE city = 'Rome';
-- = 1|10.50|2024-07-01
SELECT * FROM rome WHERE day < DATE '2024-07-02';
CREATE TEMPORARY TABLE session_orders AS SELECT id, amount FROM orders WHERE id < 3;
-- = 30.50
SELECT SUM(amount) FROM session_orders;
CREATE TABLE like_orders LIKE orders;
INSERT INTO like_orders SELECT * FROM orders DISTRIBUTE BY city SORT BY id;
ALTER TABLE like_orders ADD COLUMNS (note STRING);
ALTER TABLE like_orders RENAME TO noted_orders;
-- = 4|0
SELECT COUNT(*), COUNT(note) FROM noted_orders;
TRUNCATE TABLE noted_orders;
-- = 0
SELECT COUNT(*) FROM noted_orders;
CREATE EXTERNAL TABLE as_text (id INT, city STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' STORED AS TEXTFILE
LOCATION '/tmp/${lab}/text';
INSERT INTO as_text SELECT id, city FROM orders;
INSERT OVERWRITE DIRECTORY '/tmp/${lab}/export' ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' SELECT * FROM as_text;
-- = 4
SELECT COUNT(*) FROM as_text;
EXPLAIN SELECT city, COUNT(*) FROM orders GROUP BY city;
EXPLAIN DEPENDENCY SELECT COUNT(*) FROM ${db}.sales WHERE transaction_date = '2024-07-01';
EXPLAIN EXTENDED SELECT * FROM by_day WHERE day = '2024-07-01';
ANALYZE TABLE orders COMPUTE STATISTICS;
ANALYZE TABLE orders COMPUTE STATISTICS FOR COLUMNS;
ANALYZE TABLE by_day PARTITION (day) COMPUTE STATISTICS;
DESCRIBE orders;
DESCRIBE FORMATTED orders;
DESCRIBE FORMATTED orders amount;
DESCRIBE FORMATTED by_day PARTITION (day = '2024-07-01');
DESCRIBE EXTENDED ${db}.sales_base;
DESCRIBE DATABASE ${db};
SHOW DATABASES;
SHOW TABLES IN ${db};
SHOW VIEWS;
SHOW COLUMNS IN orders;
SHOW CREATE TABLE ${db}.sales_base;
SHOW TBLPROPERTIES ${db}.sales_base;
SHOW FUNCTIONS LIKE 'date*';
-- = 0
SELECT COUNT(*) FROM ${db}.sales s WHERE NOT EXISTS (
  SELECT 1 FROM ${db}.sales_transactions_fact f WHERE f.transaction_id = s.transaction_id);
SELECT product_category, SUM(units), PERCENTILE_APPROX(CAST(total_paid_price AS DOUBLE), 0.5)
FROM ${db}.sales WHERE transaction_date BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY product_category;
CREATE TABLE my_sales STORED AS ORC AS SELECT * FROM ${db}.sales;
INSERT INTO by_day PARTITION (day) SELECT units, total_paid_price, transaction_date FROM ${db}.sales;
SELECT command, status, COUNT(*) FROM ${db}.load_runs GROUP BY command, status;
SELECT event_hour, COUNT(*) FROM ${db}.kafka WHERE event_date = '2024-07-04' GROUP BY event_hour;
SELECT * FROM ${db}.branch_dim_current ORDER BY branch_id LIMIT 3;
DROP VIEW rome;
DROP TABLE by_city;
USE default;
DROP DATABASE ${lab} CASCADE;
