package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * The journal of closings: {@code closings/HOUR.N.json} those that have begun, {@code closings/done/uuuu-MM-dd/HOUR.N.json}
 * those that ended, by the hour's date.
 *
 * <p>N keeps two compactors of one hour apart, even where a lease did not. It is determined before the inputs are
 * listed, and only while no closing of the hour is under way. So if another compactor decides meanwhile, it decides N as
 * well, and the second of the two entries is refused, or, if the first has ended by then, void: an entry that is in
 * {@code done/} too was never carried out and never will be.
 */
final class ClosingJournal {

    private static final String ENTRY = ".json";

    /** {@code HOUR.N.json}; other files that lie there are nobody's business here. */
    private static final Pattern NAME = Pattern.compile("\\d{4}(-\\d\\d){3}\\.\\d+\\.json");

    private final StreamFiles stream;

    /** Another compactor works on the same hour or was faster; nothing is lost, the hour is looked at again next time. */
    static final class ClosedElsewhereException extends IOException {

        private static final long serialVersionUID = 1L;

        ClosedElsewhereException(String message) {
            super(message);
        }
    }

    ClosingJournal(StreamFiles stream) {
        this.stream = stream;
    }

    /** Closings that have begun and not ended. */
    List<Closing> unfinished() throws IOException {
        List<Closing> closings = new ArrayList<>();
        for (Path entry : entries(stream.closings(), "")) {
            closings.add(ImmutableFiles.read(stream.fs(), entry, Closing.class));
        }
        return closings;
    }

    /** Closings of the hours of a date that have ended, by its directory; by hour and number. */
    List<Closing> ended(Path date) throws IOException {
        return ImmutableFiles.all(stream.fs(), date, Closing.class).stream()
                .sorted(Comparator.comparing(Closing::hour).thenComparing(Closing::number))
                .toList();
    }

    /**
     * What an hour's last closing published; to be asked before its files are listed.
     *
     * @throws ClosedElsewhereException while a closing of the hour is under way
     */
    Optional<Closing> last(EventHour hour) throws IOException {
        String prefix = hour + ".";
        if (!entries(stream.closings(), prefix).isEmpty()) {
            throw new ClosedElsewhereException("Cannot close hour %s: another compaction is at it".formatted(hour));
        }
        Optional<Path> last = entries(closed(hour), prefix).stream()
                .max(Comparator.comparing(entry -> numberOf(entry.getName(), prefix)));
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(ImmutableFiles.read(stream.fs(), last.get(), Closing.class));
    }

    /**
     * Commits a closing: from now on it will be carried out.
     *
     * @throws ClosedElsewhereException if another compactor decided the same number
     */
    void commit(Closing closing) throws IOException {
        try {
            ImmutableFiles.write(stream.fs(), entry(closing), closing);
        } catch (FileAlreadyExistsException e) {
            throw new ClosedElsewhereException(
                    "Cannot commit closing %s: another compaction is at it".formatted(closing.name()));
        }
        if (isVoid(closing)) {
            discard(closing);
            throw new ClosedElsewhereException(
                    "Cannot commit closing %s: another compaction has done it".formatted(closing.name()));
        }
    }

    /** Whether another closing of the same number was carried out. */
    boolean isVoid(Closing closing) throws IOException {
        return stream.fs().exists(done(closing)) && isUnderWay(closing);
    }

    /** Whether it has begun and not ended. */
    boolean isUnderWay(Closing closing) throws IOException {
        return stream.fs().exists(entry(closing));
    }

    /** Ends a closing; nothing if another process has ended it. */
    void finish(Closing closing) throws IOException {
        Path done = done(closing);
        stream.fs().mkdirs(done.getParent());
        if (!Rename.attempt(stream.fs(), entry(closing), done) && !stream.fs().exists(done)) {
            throw new IOException("Cannot put away %s as %s: the rename was refused".formatted(entry(closing), done));
        }
    }

    /** Takes back a closing of which nothing was carried out. */
    void discard(Closing closing) throws IOException {
        stream.fs().delete(entry(closing), false);
    }

    private Path entry(Closing closing) {
        return new Path(stream.closings(), closing.name() + ENTRY);
    }

    private Path done(Closing closing) {
        return new Path(closed(closing.eventHour()), closing.name() + ENTRY);
    }

    /** Directory of the summaries of an hour's date. */
    private Path closed(EventHour hour) {
        return new Path(stream.warehouse().closedHours(), hour.date().toString());
    }

    private List<Path> entries(Path directory, String prefix) throws IOException {
        return ImmutableFiles.list(stream.fs(), directory).stream()
                .filter(file -> file.getName().startsWith(prefix)
                        && NAME.matcher(file.getName()).matches())
                .toList();
    }

    private static int numberOf(String entry, String prefix) {
        return Integer.parseInt(entry.substring(prefix.length(), entry.length() - ENTRY.length()));
    }
}
