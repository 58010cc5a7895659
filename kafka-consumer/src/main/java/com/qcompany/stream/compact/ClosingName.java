package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@code HOUR.N}: what the files of a closing are named for.
 *
 * @param number N, counting the closings of the hour from 1
 */
record ClosingName(EventHour hour, int number) {

    private static final Pattern ENTRY = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d-\\d\\d)\\.(\\d+)\\.json");
    static final Comparator<ClosingName> ORDER =
            Comparator.comparing(ClosingName::hour).thenComparing(ClosingName::number);

    /** Names of the journal entries of a directory, in order. */
    static List<ClosingName> in(FileSystem fs, Path directory) throws IOException {
        return Listing.of(fs, directory).stream()
                .map(entry -> ENTRY.matcher(entry.getPath().getName()))
                .filter(Matcher::matches)
                .map(name -> new ClosingName(EventHour.parse(name.group(1)), Integer.parseInt(name.group(2))))
                .sorted(ORDER)
                .toList();
    }

    /** Name of its journal entry. */
    String entry() {
        return this + ".json";
    }

    /** Name of the file that it publishes. */
    String file() {
        return this + ".parquet";
    }

    @Override
    public String toString() {
        return hour + "." + number;
    }
}
