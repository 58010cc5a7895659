/** Makes events of the app's shapes, sends them to a topic, and computes the right answers over them. */
@NullMarked
package com.qcompany.generator.events;

import org.jspecify.annotations.NullMarked;
