package com.qcompany.batch.feed;

/**
 * Splits a text from the right into parts, the first of which keeps further separators. A part without text is absent,
 * which is counted; a text with too few separators is a broken rule.
 */
final class RightSplit implements RowStep {

    private final Derivation.SplitRight declared;
    private final int source;
    private final int[] targets;
    private final int incomplete;
    private final String allowed;

    RightSplit(Derivation.SplitRight declared, FeedFields fields, FixCounts fixes) {
        this.declared = declared;
        this.source = fields.textAt(declared.from());
        this.targets = fields.indexesOf(declared.into());
        this.incomplete = fixes.number(declared.incomplete());
        this.allowed = String.join(String.valueOf(declared.separator()), declared.into());
    }

    @Override
    public void apply(RowDraft row) {
        String text = (String) row.values()[source];
        if (text == null) {
            return;
        }
        boolean complete = true;
        int end = text.length();
        for (int i = targets.length - 1; i > 0; i--) {
            int cut = text.lastIndexOf(declared.separator(), end - 1);
            if (cut < 0) {
                row.spoil(source, declared.code(), allowed);
                return;
            }
            complete &= setPart(targets[i], text.substring(cut + 1, end), row);
            end = cut;
        }
        complete &= setPart(targets[0], text.substring(0, end), row);
        if (!complete) {
            row.fixed(incomplete);
        }
    }

    private static boolean setPart(int target, String text, RowDraft row) {
        String part = text.strip();
        row.set(target, part.isEmpty() ? null : part);
        return !part.isEmpty();
    }
}
