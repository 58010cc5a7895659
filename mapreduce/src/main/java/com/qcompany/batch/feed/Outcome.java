package com.qcompany.batch.feed;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a record. */
public sealed interface Outcome {

    /**
     * Every rule holds, but for those that only warn.
     *
     * @param values cleaned values by field index ({@link Feed#indexOf}), of the classes of the fields' types; null
     *     where absent. A new array for every record; not copied
     * @param extras non-empty fields of undeclared columns as received, by header name, in the header's order; then
     *     the values of added columns
     * @param warnings codes of the rules that are broken
     */
    record Accepted(@Nullable Object[] values, Map<String, String> extras, List<String> warnings) implements Outcome {}

    /**
     * Nothing is wrong but that keys are not known (yet) to which the record refers.
     *
     * @param reason with the codes of these references only
     */
    record Waiting(Rejected reason) implements Outcome {}

    /**
     * Some rule is broken.
     *
     * @param codes codes of all broken rules, in the order they were found
     * @param column column of the first, as declared; null where it is about the whole record
     * @param value that column's text as received, or as computed where it is derived; null where there is none
     * @param message a sentence a broken rule, with what is allowed
     */
    record Rejected(List<String> codes, @Nullable String column, @Nullable String value, String message)
            implements Outcome {

        public Rejected {
            codes = List.copyOf(codes);
        }
    }
}
