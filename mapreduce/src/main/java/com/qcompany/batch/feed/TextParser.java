package com.qcompany.batch.feed;

/** Text as it is. */
final class TextParser implements ValueParser {

    @Override
    public Object parse(String text, int from, int to) {
        return text.substring(from, to);
    }

    @Override
    public String expected() {
        return "text";
    }
}
