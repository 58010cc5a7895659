/**
 * Makes app-log events of the prototype's shapes, with what is wrong with real ones, sends them to a topic and says what
 * the right answers over them are. Shares no code with the reading side, so that it can be its judge.
 */
@NullMarked
package com.qcompany.stream.produce;

import org.jspecify.annotations.NullMarked;
