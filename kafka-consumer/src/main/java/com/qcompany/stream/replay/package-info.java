/** Sends rejected events to their topic again, once what refused them is mended; each once, whatever is killed. */
@NullMarked
package com.qcompany.stream.replay;

import org.jspecify.annotations.NullMarked;
