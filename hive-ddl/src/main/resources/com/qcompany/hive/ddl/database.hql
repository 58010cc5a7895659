-- Creates the database.
-- It has no LOCATION of its own: dropping a database deletes its directory.
-- Generated from com.qcompany.warehouse.schema.StarSchema.
--
-- Parameters:
--   db    database
-- Usage:
--   beeline -f database.hql --hivevar db=q_dwh

CREATE DATABASE IF NOT EXISTS ${db}
COMMENT 'Q company: sales star schema and app-log events';
