/** What OpenLineage is told of runs, where it is wanted: of loads, merges, reports, consumers and closings. */
@NullMarked
package com.qcompany.warehouse.lineage;

import org.jspecify.annotations.NullMarked;
