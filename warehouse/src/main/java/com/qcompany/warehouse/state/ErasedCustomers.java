package com.qcompany.warehouse.state;

import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Customers who are erased, or are being. Their ids stay known for ever, so that nothing that comes later says who they are.
 *
 * <pre>
 * state/erasures/begun/CUSTOMER@RUN/        an erasure that is not completed: a note on each file that it changes
 * state/erasures/done/CUSTOMER@RUN.json     the proof of a completed one
 * </pre>
 */
public record ErasedCustomers(Set<String> ids) {

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
            for (FileStatus erasure : Listing.of(fs, directory)) {
                String name = erasure.getPath().getName();
                if (!name.startsWith(".")) {
                    ids.add(name.substring(0, name.indexOf('@')));
                }
            }
        }
        return new ErasedCustomers(ids);
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
}
