/**
 * Makes group folders of the shape that the source systems drop, with every quirk of the real ones, and says what the
 * right answers over them are. Shares no code with the pipeline, so that it can be its judge.
 */
@NullMarked
package com.qcompany.generator;

import org.jspecify.annotations.NullMarked;
