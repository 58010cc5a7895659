/**
 * The merge: sales of the deltas come to the base, one file a date, by one MapReduce job that reads only the dates that
 * the deltas touch. The same job writes keys and other tables of many small files anew.
 */
@NullMarked
package com.qcompany.batch.merge;

import org.jspecify.annotations.NullMarked;
