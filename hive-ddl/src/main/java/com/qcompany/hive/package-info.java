/**
 * Hive over JDBC: the DDL generated from the table declarations, the catalog that publishing changes, repair, reports
 * and the daily B2B file.
 */
@NullMarked
package com.qcompany.hive;

import org.jspecify.annotations.NullMarked;
