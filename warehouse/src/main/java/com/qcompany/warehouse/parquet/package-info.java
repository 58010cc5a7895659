/**
 * Rows of a declared table in Parquet files: written and read by Parquet's own writers and readers.
 */
@NullMarked
package com.qcompany.warehouse.parquet;

import org.jspecify.annotations.NullMarked;
