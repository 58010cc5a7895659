package com.qcompany.batch.feed;

/**
 * Where an RFC 4180 record ends: a state machine over its bytes, fed in pieces.
 *
 * <p>A quote opens only as the first byte of a field; inside, {@code ""} stands for a quote, and commas and line feeds
 * are text. Behind the closing quote only blanks, a comma or the line end are right; anything else makes the record
 * malformed. Elsewhere a quote is an ordinary byte. UTF-8 needs no decoding: its bytes above 127 are never syntax.
 */
final class RecordBoundary {

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        QUOTE_IN_QUOTED,
        BEHIND_QUOTE,
        MALFORMED
    }

    private State state = State.FIELD_START;
    private boolean spansLines;

    /** Index of the first line feed, or -1. */
    static int indexOfLineFeed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Stands before the first byte of a record. */
    void begin() {
        state = State.FIELD_START;
        spansLines = false;
    }

    /** Index of the line feed that ends the record, or -1 if these bytes do not end it. */
    int scan(byte[] bytes, int from, int to) {
        int i = from;
        if (state == State.FIELD_START && !spansLines) {
            i = behindFieldsWithoutQuote(bytes, from, to);
            if (i < to && bytes[i] == '\n') {
                return i;
            }
        }
        for (; i < to && state != State.MALFORMED; i++) {
            byte next = bytes[i];
            if (next == '\n') {
                if (state != State.QUOTED) {
                    return i;
                }
                spansLines = true;
            }
            state = after(next);
        }
        return -1;
    }

    /** Whether the bytes so far end inside quotes. */
    boolean insideQuotes() {
        return state == State.QUOTED;
    }

    /** Whether a closing quote was followed by text; the record then has no end that can be trusted. */
    boolean malformed() {
        return state == State.MALFORMED;
    }

    /** Whether a line feed was inside quotes. */
    boolean spansLines() {
        return spansLines;
    }

    /** Steps to the line feed or to the start of the field that has the first quote, whichever comes first. */
    private int behindFieldsWithoutQuote(byte[] bytes, int from, int to) {
        int fieldStart = from;
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == ',') {
                fieldStart = i + 1;
            } else if (next == '\n') {
                return i;
            } else if (next == '"') {
                return fieldStart;
            }
        }
        return fieldStart;
    }

    private State after(byte next) {
        return switch (state) {
            case FIELD_START -> next == '"' ? State.QUOTED : next == ',' ? State.FIELD_START : State.UNQUOTED;
            case UNQUOTED -> next == ',' ? State.FIELD_START : State.UNQUOTED;
            case QUOTED -> next == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED -> next == '"' ? State.QUOTED : behindQuote(next);
            case BEHIND_QUOTE -> behindQuote(next);
            case MALFORMED -> State.MALFORMED;
        };
    }

    private static State behindQuote(byte next) {
        return switch (next) {
            case ',' -> State.FIELD_START;
            case ' ', '\t', '\r' -> State.BEHIND_QUOTE;
            default -> State.MALFORMED;
        };
    }
}
