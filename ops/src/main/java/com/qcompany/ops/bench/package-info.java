/** Benchmarks: figures as ratios within one run, on the running stack. Never part of a test. */
@NullMarked
package com.qcompany.ops.bench;

import org.jspecify.annotations.NullMarked;
