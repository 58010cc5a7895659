/**
 * The app-log stream: Kafka to hourly Parquet. Its table is declared in the warehouse and created by the DDL.
 */
@NullMarked
package com.qcompany.stream;

import org.jspecify.annotations.NullMarked;
