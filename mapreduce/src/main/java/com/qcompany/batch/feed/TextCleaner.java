package com.qcompany.batch.feed;

import com.qcompany.batch.feed.ColumnExtension.LetterCase;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts equal that look equal: without blanks at their ends, in Unicode's form NFC, and without invisible
 * characters. An identifier also loses special blanks and joiners within, and gets its declared letter case, which is
 * null for any other text.
 */
record TextCleaner(@Nullable LetterCase identifier) {

    private static final String FILLERS = "\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\uFE00-\uFE0F";

    /** Format characters, such as byte order marks, soft hyphens and direction marks, but not joiners within words. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}" + FILLERS + "&&[^\u200C\u200D\u0600-\u0605]]");

    private static final Pattern INVISIBLE_IN_IDENTIFIERS = Pattern.compile("[\\p{Cf}" + FILLERS + "[\\p{Z}&&[^ ]]]");
    private static final Pattern BLANK_ENDS =
            Pattern.compile("\\A[\\x00- \\s\\p{Z}\uFEFF]+|[\\x00- \\s\\p{Z}\uFEFF]+\\z");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    /** The text as it is judged, its fixes being noted; null for an identifier with control characters. */
    @Nullable
    String clean(String received, RowDraft row) {
        boolean plain = StringUtils.isAsciiPrintable(received);
        String text = plain ? received.trim() : cleanUnicode(received, row);
        if (text.length() < received.length()) {
            row.fixed("text_trimmed");
        }
        if (identifier == null) {
            return text;
        }
        return !plain && CONTROL.matcher(text).find() ? null : inCase(text, row);
    }

    /** The text without blanks of any kind at its ends. */
    static String withoutBlankEnds(String text) {
        return StringUtils.isAsciiPrintable(text)
                ? text.trim()
                : BLANK_ENDS.matcher(text).replaceAll("");
    }

    private static String fixed(String before, String after, String code, RowDraft row) {
        if (!after.equals(before)) {
            row.fixed(code);
        }
        return after;
    }

    private String cleanUnicode(String received, RowDraft row) {
        Pattern invisible = identifier == null ? INVISIBLE : INVISIBLE_IN_IDENTIFIERS;
        String trimmed = withoutBlankEnds(received);
        String visible = fixed(trimmed, invisible.matcher(trimmed).replaceAll(""), "invisible_removed", row);
        String composed = fixed(visible, Normalizer.normalize(visible, Normalizer.Form.NFC), "text_composed", row);
        return withoutBlankEnds(composed);
    }

    private String inCase(String text, RowDraft row) {
        String cased =
                switch (identifier) {
                    case LOWER -> text.toLowerCase(Locale.ROOT);
                    case UPPER -> text.toUpperCase(Locale.ROOT);
                    case AS_WRITTEN -> text;
                };
        return fixed(text, cased, "letter_case_changed", row);
    }
}
