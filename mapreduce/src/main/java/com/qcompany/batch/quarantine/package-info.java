/** Rejected rows: what there is, and loading them again after a rule, a reference or a contract was mended. */
@NullMarked
package com.qcompany.batch.quarantine;

import org.jspecify.annotations.NullMarked;
