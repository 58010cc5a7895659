/** Rebuilding a range of hours from the raw zone beside the live warehouse, to compare both. */
@NullMarked
package com.qcompany.batch.rebuild;

import org.jspecify.annotations.NullMarked;
