/** What batch runs tell systems that watch them. */
@NullMarked
package com.qcompany.batch.monitor;

import org.jspecify.annotations.NullMarked;
