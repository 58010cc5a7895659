package com.qcompany.warehouse.parquet;

/**
 * A page of a file that is in the order of a whole-number key.
 *
 * @param least least key in it
 * @param greatest greatest key in it
 * @param rows rows in it
 */
public record KeyPage(int least, int greatest, long rows) {}
