package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType;

/**
 * A value that every accepted record of a feed has: a column of the source or one derived from others.
 *
 * @param name snake_case name
 * @param type its type
 * @param required whether it is never null
 */
public record FeedField(String name, ColumnType type, boolean required) {}
