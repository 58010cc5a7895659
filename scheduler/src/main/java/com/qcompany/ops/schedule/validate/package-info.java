/**
 * Checks Oozie applications and their job properties without a server: schemas, parameters, files, transitions. Knows
 * no Hadoop.
 */
@NullMarked
package com.qcompany.ops.schedule.validate;

import org.jspecify.annotations.NullMarked;
