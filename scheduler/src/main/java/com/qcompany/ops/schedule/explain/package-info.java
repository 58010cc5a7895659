/** {@code q explain}: what a nominal hour waits for, from the files of the warehouse and from Oozie. */
@NullMarked
package com.qcompany.ops.schedule.explain;

import org.jspecify.annotations.NullMarked;
