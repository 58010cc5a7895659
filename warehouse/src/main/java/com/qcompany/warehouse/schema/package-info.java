/**
 * The declarations of tables, from which DDL, Parquet schemas and the data dictionary derive.
 */
@NullMarked
package com.qcompany.warehouse.schema;

import org.jspecify.annotations.NullMarked;
