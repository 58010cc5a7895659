package com.qcompany.warehouse.state;

import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Customers who are erased, or are being. Their ids stay known for ever, so that nothing that comes later says who they are.
 *
 * <pre>
 * state/erasures/begun/CUSTOMER@RUN/        an erasure that is not completed: a note on each file that it changes
 * state/erasures/app-log/CUSTOMER@RUN/      whom it looks for, and the epochs that it waits for; until it is completed
 * state/erasures/done/CUSTOMER@RUN.json     the proof of a completed one
 * </pre>
 */
public record ErasedCustomers(Set<String> ids) {
    /** What stands in place of a value that must be there. */
    public static final String ERASED = "erased";

    /** How a file of refused records is named while its epoch is staged: {@code stream/staging/INSTANCE/EPOCH/refused-N.parquet}. */
    public static final String REFUSED = "refused-";

    private static final Pattern CUSTOMER_ID = Pattern.compile("\"customerId\"\\s*:\\s*\"?(\\d+)\\b");

    /** Directory of erasures that are not completed. */
    public static Path begun(Layout layout) {
        return layout.state("erasures/begun");
    }

    /** Directory of proofs. */
    public static Path done(Layout layout) {
        return layout.state("erasures/done");
    }

    /** All of a warehouse. */
    public static ErasedCustomers of(FileSystem fs, Layout layout) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path directory : List.of(begun(layout), done(layout))) {
            for (Path erasure : ImmutableFiles.list(fs, directory)) {
                String name = erasure.getName();
                ids.add(name.substring(0, name.indexOf('@')));
            }
        }
        return new ErasedCustomers(ids);
    }

    /**
     * Epochs that have refused records and are not wholly published. A file of refused records is made before the erased
     * customers of its records are read: one that is staged after an erasure began has nothing of its customer.
     */
    public static Set<String> epochsWithRefused(FileSystem fs, Layout layout) throws IOException {
        Set<String> epochs = new TreeSet<>();
        for (FileStatus file : fs.globStatus(new Path(layout.root(), "stream/staging/*/*/" + REFUSED + "*"))) {
            epochs.add(file.getPath().getParent().getName());
        }
        return epochs;
    }

    /** Takes out of an event of one of them what it has beside the declared columns, and says whether it had that. */
    public boolean erase(Row event) {
        boolean erased =
                event.get("customerid") instanceof String id && ids.contains(id) && event.get("extras") != null;
        if (erased) {
            event.set("extras", null);
        }
        return erased;
    }

    /**
     * Takes a record of {@code rejected_events} out of its row, and says whether it did: one with the id of one of them, or
     * whose text tells of them otherwise.
     */
    public boolean eraseRefused(Row record, Predicate<String> tells) {
        String value = record.text("raw_value");
        boolean isText = record.text("raw_value_encoding").equals("utf-8");
        String text = isText ? value : new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1);
        boolean erased =
                tells.test(text) || CUSTOMER_ID.matcher(text).results().anyMatch(id -> ids.contains(id.group(1)));
        if (erased) {
            record.set("raw_value", ERASED).set("raw_value_encoding", "utf-8");
            record.set("raw_key", null).set("raw_key_encoding", null).set("headers", null);
            record.set("column_value", null).set("message", "Cannot accept a record of an erased customer");
        }
        return erased;
    }
}
