package com.qcompany.batch.load;

import org.apache.hadoop.fs.Path;

/**
 * Where a record begins.
 *
 * @param file its file in the raw zone
 * @param offset byte offset in the file
 * @param splitStart byte offset at which the reader began
 * @param splitLine line number from there, from 1
 * @param truncated whether the record is the beginning of one that is longer than allowed
 */
record Line(Path file, long offset, long splitStart, long splitLine, boolean truncated) {}
