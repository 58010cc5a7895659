package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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

    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d-\\d\\d)\\.(\\d+)\\.json");

    private final FileSystem fs;
    private final Path directory;

    ClosingJournal(FileSystem fs, StreamLayout layout) {
        this.fs = fs;
        this.directory = layout.closings();
    }

    /**
     * Where an hour's journal stands.
     *
     * @param next number of its next closing
     * @param last its last closing that has ended
     */
    record State(int next, Optional<Closing> last) {}

    /** Closings that have begun and not ended, in order. */
    List<Closing> unfinished() throws IOException {
        List<Closing> closings = new ArrayList<>();
        for (Name name : names(directory)) {
            closings.add(ImmutableFiles.read(fs, new Path(directory, name.file()), Closing.class));
        }
        return closings;
    }

    /**
     * Where an hour's journal stands; to be asked before its files are listed.
     *
     * @throws ClosedElsewhereException while a closing of the hour is under way
     */
    State state(EventHour hour) throws IOException {
        boolean isUnderWay =
                names(directory).stream().anyMatch(name -> name.hour().equals(hour));
        if (isUnderWay) {
            throw new ClosedElsewhereException("Cannot close hour %s: another compaction is at it".formatted(hour));
        }
        Optional<Name> last = names(done(hour)).stream()
                .filter(name -> name.hour().equals(hour))
                .reduce((first, second) -> second);
        if (last.isEmpty()) {
            return new State(1, Optional.empty());
        }
        Closing closing =
                ImmutableFiles.read(fs, new Path(done(hour), last.get().file()), Closing.class);
        return new State(last.get().number() + 1, Optional.of(closing));
    }

    /**
     * Commits a closing: from now on it will be carried out.
     *
     * @throws ClosedElsewhereException if another compactor decided the same number
     */
    void commit(Closing closing) throws IOException {
        try {
            ImmutableFiles.write(fs, file(closing), closing);
        } catch (FileAlreadyExistsException e) {
            throw new ClosedElsewhereException(
                    "Cannot commit closing %s: another compaction is at it".formatted(closing.id()));
        }
        if (isVoid(closing)) {
            discard(closing);
            throw new ClosedElsewhereException(
                    "Cannot commit closing %s: another compaction has done it".formatted(closing.id()));
        }
    }

    /** Whether another closing of the same number was carried out. */
    boolean isVoid(Closing closing) throws IOException {
        return fs.exists(doneFile(closing)) && fs.exists(file(closing));
    }

    /** Whether it has begun and not ended. */
    boolean isUnderWay(Closing closing) throws IOException {
        return fs.exists(file(closing));
    }

    /** Ends a closing; nothing if another process has ended it. */
    void finish(Closing closing) throws IOException {
        Path done = doneFile(closing);
        fs.mkdirs(done.getParent());
        if (!Rename.attempt(fs, file(closing), done) && !fs.exists(done)) {
            throw new IOException("Cannot put away %s as %s: the rename was refused".formatted(file(closing), done));
        }
    }

    /** Takes back a closing of which nothing was carried out. */
    void discard(Closing closing) throws IOException {
        fs.delete(file(closing), false);
    }

    /** Removes entries that were being written when their compactor was killed. */
    void removeTorn() throws IOException {
        for (FileStatus file : Listing.of(fs, directory)) {
            if (file.getPath().getName().startsWith(".")) {
                fs.delete(file.getPath(), false);
            }
        }
    }

    private List<Name> names(Path listed) throws IOException {
        return Listing.of(fs, listed).stream()
                .flatMap(status -> Name.of(status.getPath().getName()).stream())
                .sorted(Comparator.comparing(Name::hour).thenComparing(Name::number))
                .toList();
    }

    private Path file(Closing closing) {
        return new Path(directory, closing.id() + ".json");
    }

    private Path doneFile(Closing closing) {
        return new Path(done(EventHour.parse(closing.hour())), closing.id() + ".json");
    }

    private Path done(EventHour hour) {
        return new Path(directory, "done/" + hour.date());
    }

    /** Name of an entry. */
    private record Name(EventHour hour, int number) {

        static Optional<Name> of(String file) {
            Matcher matcher = NAME.matcher(file);
            return matcher.matches()
                    ? Optional.of(new Name(EventHour.parse(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        }

        String file() {
            return Closing.id(hour, number) + ".json";
        }
    }
}
