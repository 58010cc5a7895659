/**
 * The type 2 dimensions: what a load's records show of keys is merged with the published versions by one MapReduce job,
 * {@link com.qcompany.batch.dimension.DimensionJob}, which writes each dimension anew that was shown something of.
 */
@NullMarked
package com.qcompany.batch.dimension;

import org.jspecify.annotations.NullMarked;
