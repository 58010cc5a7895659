/**
 * Operations: the embedded stack (HDFS, YARN, HiveServer2 in one JVM), the q command, the demo and the benchmarks.
 */
@NullMarked
package com.qcompany.ops;

import org.jspecify.annotations.NullMarked;
