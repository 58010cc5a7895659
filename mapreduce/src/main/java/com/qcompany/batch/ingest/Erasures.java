package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.PersonMask;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which customers are erased. Their ids stay known for ever, so that nothing that is delivered later says who they are.
 *
 * <pre>
 * state/erasures/begun/CUSTOMER@RUN/DIGEST.json   what was removed by one that is not completed, a file each
 * state/erasures/done/CUSTOMER@RUN.json           the proof of a completed one; no personal values
 * </pre>
 */
public record Erasures(FileSystem fs, Layout layout) {

    /** An erasure of a customer, by the run in which it began. */
    public record Erasure(int customer, String run) {
        private static Erasure parse(Path path) {
            String[] parts = path.getName().split("[@.]");
            return new Erasure(Integer.parseInt(parts[0]), parts[1]);
        }

        private String name() {
            return customer + "@" + run;
        }
    }

    /** What was removed where, with digests of the files before and afterwards. */
    public record Proof(int customer, String run, List<Removal> removals) {}

    /** Begins one; from now on nothing that is ingested says who the customer is. Under the lease of ingest. */
    public void begin(Erasure erasure) throws IOException {
        fs.mkdirs(directory(erasure));
    }

    /** Those that are begun and not completed. */
    public List<Erasure> begun() throws IOException {
        return Listing.of(fs, layout.state("erasures/begun")).stream()
                .map(status -> Erasure.parse(status.getPath()))
                .toList();
    }

    /** Customers who are erased, or are being. */
    public Set<Integer> erased() throws IOException {
        Set<Integer> customers = new TreeSet<>();
        begun().forEach(erasure -> customers.add(erasure.customer()));
        ImmutableFiles.list(fs, layout.state("erasures/done"))
                .forEach(proof -> customers.add(Erasure.parse(proof).customer()));
        return customers;
    }

    /** Notes what is about to be removed; of the same file the last note counts. */
    public void note(Erasure erasure, Removal removal) throws IOException {
        Path file = new Path(directory(erasure), DigestUtils.sha256Hex(removal.place()) + ".json");
        if (fs.exists(file)) {
            fs.delete(file, false);
        }
        ImmutableFiles.write(fs, file, removal);
    }

    /** What one noted, in all its runs. */
    public List<Removal> removals(Erasure erasure) throws IOException {
        List<Removal> removals = new ArrayList<>();
        for (Path note : ImmutableFiles.list(fs, directory(erasure))) {
            removals.add(ImmutableFiles.read(fs, note, Removal.class));
        }
        return removals;
    }

    /** Completes one: what it removed is the proof; one that removed nothing leaves none. */
    public void complete(Erasure erasure, List<Removal> removals) throws IOException {
        if (!removals.isEmpty() && !fs.exists(proof(erasure))) {
            ImmutableFiles.write(fs, proof(erasure), new Proof(erasure.customer(), erasure.run(), removals));
        }
        fs.delete(directory(erasure), true);
    }

    public Path proof(Erasure erasure) {
        return new Path(layout.state("erasures/done"), erasure.name() + ".json");
    }

    private Path directory(Erasure erasure) {
        return layout.state("erasures/begun/" + erasure.name());
    }

    /** Takes all erased customers out of files that were received and are not in the raw zone yet. */
    void eraseReceived(Path directory, LandingGroup group, List<FileRecord> files, int maxRecordBytes)
            throws IOException {
        List<Person> persons = erased().stream()
                .map(customer -> new Person(customer, Set.of()))
                .toList();
        for (int i = 0; i < files.size() && !persons.isEmpty(); i++) {
            FileRecord file = files.get(i);
            FeedHeader header = FeedHeader.bind(group.files().get(i).feed(), file.name(), file.header());
            Optional<PersonMask> mask = PersonMask.of(header, persons);
            if (mask.isPresent()) {
                new RecordErasure(fs, maxRecordBytes)
                        .erase(new Path(directory, file.rawName()), mask.get(), file.quotedLineBreaks(), removal -> {});
            }
        }
    }
}
