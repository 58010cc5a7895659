/** The servers of the platform on one machine, each in a process of its own, with PostgreSQL below Hive and Oozie. */
@NullMarked
package com.qcompany.ops.daemons;

import org.jspecify.annotations.NullMarked;
