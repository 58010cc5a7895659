package com.qcompany.stream.produce;

import org.jspecify.annotations.Nullable;

/** Writes JSON objects as the app does: {@code {"a": "b", "c": {}}}. Texts must need no escapes. */
final class JsonText {

    private static final int USUAL_LENGTH = 256;

    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);

    JsonText begin() {
        text.append('{');
        return this;
    }

    JsonText end() {
        text.append('}');
        return this;
    }

    /** Begins a member that is an object. */
    JsonText object(String name) {
        return name(name).begin();
    }

    /** A member that is a text; nothing where there is none. */
    JsonText text(String name, @Nullable String value) {
        if (value != null) {
            name(name).text.append('"').append(value).append('"');
        }
        return this;
    }

    /** A member whose value is JSON already; nothing where there is none. */
    JsonText json(String name, @Nullable String value) {
        if (value != null) {
            name(name).text.append(value);
        }
        return this;
    }

    /** Members as they are, such as {@code "a": 1}; nothing where the text is empty. */
    JsonText members(String members) {
        if (!members.isEmpty()) {
            separate();
            text.append(members);
        }
        return this;
    }

    private JsonText name(String name) {
        separate();
        text.append('"').append(name).append("\": ");
        return this;
    }

    private void separate() {
        if (text.charAt(text.length() - 1) != '{') {
            text.append(", ");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
