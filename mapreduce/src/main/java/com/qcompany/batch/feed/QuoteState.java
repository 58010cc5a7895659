package com.qcompany.batch.feed;

/**
 * Where a CSV record stands behind a byte, by RFC 4180.
 *
 * <p>A quote opens only as the first byte of a field; inside, {@code ""} stands for a quote, and commas and line feeds
 * are text. Behind the closing quote only blanks, a comma or the line end are right; anything else makes the record
 * malformed. Elsewhere a quote is an ordinary byte. UTF-8 needs no decoding: its bytes above 127 are never syntax.
 */
enum QuoteState {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_IN_QUOTED,
    BEHIND_QUOTE,
    MALFORMED;

    /** The state behind the bytes of a line. */
    QuoteState after(byte[] line) {
        QuoteState state = this;
        for (int i = 0; i < line.length && state != MALFORMED; i++) {
            state = state.after(line[i]);
        }
        return state;
    }

    /** Whether a record may end here. */
    boolean closed() {
        return this != QUOTED && this != MALFORMED;
    }

    private QuoteState after(byte next) {
        return switch (this) {
            case FIELD_START -> next == '"' ? QUOTED : next == ',' ? FIELD_START : UNQUOTED;
            case UNQUOTED -> next == ',' ? FIELD_START : UNQUOTED;
            case QUOTED -> next == '"' ? QUOTE_IN_QUOTED : QUOTED;
            case QUOTE_IN_QUOTED -> next == '"' ? QUOTED : behindQuote(next);
            case BEHIND_QUOTE -> behindQuote(next);
            case MALFORMED -> MALFORMED;
        };
    }

    private static QuoteState behindQuote(byte next) {
        return switch (next) {
            case ',' -> FIELD_START;
            case ' ', '\t', '\r' -> BEHIND_QUOTE;
            default -> MALFORMED;
        };
    }
}
