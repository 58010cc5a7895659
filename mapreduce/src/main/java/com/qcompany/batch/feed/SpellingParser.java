package com.qcompany.batch.feed;

import com.qcompany.batch.feed.FeedColumn.Spellings;
import org.jspecify.annotations.Nullable;

/** The declared spellings of true and false, in any case. */
final class SpellingParser implements ValueParser {

    private final Spellings spellings;
    private final String[] trues;
    private final String[] falses;

    SpellingParser(Spellings spellings) {
        this.spellings = spellings;
        this.trues = spellings.whenTrue().toArray(String[]::new);
        this.falses = spellings.whenFalse().toArray(String[]::new);
    }

    @Override
    public @Nullable Object parse(String text, int from, int to) {
        if (isOneOf(trues, text, from, to)) {
            return Boolean.TRUE;
        }
        return isOneOf(falses, text, from, to) ? Boolean.FALSE : null;
    }

    private static boolean isOneOf(String[] spellings, String text, int from, int to) {
        for (String spelling : spellings) {
            if (spelling.length() == to - from && text.regionMatches(true, from, spelling, 0, to - from)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String expected() {
        return "one of %s or %s".formatted(spellings.whenTrue(), spellings.whenFalse());
    }
}
