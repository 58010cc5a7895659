/** Contracts of feeds as operators meet them: commands that show, compare and try them, and the versions that loads used. */
@NullMarked
package com.qcompany.batch.contract;

import org.jspecify.annotations.NullMarked;
