package com.qcompany.batch.feed;

import org.jspecify.annotations.Nullable;

/** Turns trimmed text that is not empty into a value of one type. */
interface ValueParser {

    /** The value, or null where the text is none of this type. */
    @Nullable
    Object parse(String text, int from, int to);

    /** What is allowed, for messages. */
    String expected();
}
