package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Erasures of customers: {@code begun/CUSTOMER@RUN/DIGEST.json} is what one that is not completed removes from a file, the
 * proof has no personal values; see {@link ErasedCustomers}.
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
        return Listing.of(fs, ErasedCustomers.begun(layout)).stream()
                .map(status -> Erasure.parse(status.getPath()))
                .toList();
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
        return ImmutableFiles.all(fs, directory(erasure), Removal.class);
    }

    /** Whom one looks for, as its first run found: the tables say it no more when the app log's turn comes. */
    public Optional<Person> person(Erasure erasure) throws IOException {
        return ImmutableFiles.find(fs, appLog(erasure, "person.json"), Person.class);
    }

    /** Notes that, before anything is erased. */
    public void note(Erasure erasure, Person person) throws IOException {
        ImmutableFiles.write(fs, appLog(erasure, "person.json"), person);
    }

    /** Whether all is done but the app log. */
    public boolean isLeftToAppLog(Erasure erasure) throws IOException {
        return fs.exists(appLog(erasure, "epochs.json"));
    }

    /** Notes that all is done but the app log, and which epochs may have refused records of the customer. */
    public void leaveToAppLog(Erasure erasure) throws IOException {
        ImmutableFiles.write(fs, appLog(erasure, "epochs.json"), ErasedCustomers.epochsWithRefused(fs, layout));
    }

    /** Those of the epochs that are neither published nor discarded yet. */
    public List<String> unpublishedEpochs(Erasure erasure) throws IOException {
        Set<String> staged = ErasedCustomers.epochsWithRefused(fs, layout);
        return ImmutableFiles.find(fs, appLog(erasure, "epochs.json"), String[].class).stream()
                .flatMap(Arrays::stream)
                .filter(staged::contains)
                .toList();
    }

    /** Completes one: what it removed is the proof, and that it was is known for ever. */
    public void complete(Erasure erasure, List<Removal> removals) throws IOException {
        if (!fs.exists(proof(erasure))) {
            ImmutableFiles.write(fs, proof(erasure), new Proof(erasure.customer(), erasure.run(), removals));
        }
        fs.delete(appLog(erasure, ""), true);
        fs.delete(directory(erasure), true);
    }

    public Path proof(Erasure erasure) {
        return new Path(ErasedCustomers.done(layout), erasure.name() + ".json");
    }

    /** Whether one removed anything; empty where it is not completed. */
    public Optional<Boolean> removed(Erasure erasure) throws IOException {
        return ImmutableFiles.find(fs, proof(erasure), Proof.class)
                .map(proof -> !proof.removals().isEmpty());
    }

    private Path directory(Erasure erasure) {
        return new Path(ErasedCustomers.begun(layout), erasure.name());
    }

    private Path appLog(Erasure erasure, String file) {
        return layout.state("erasures/app-log/%s/%s".formatted(erasure.name(), file));
    }

    /** Takes all erased customers out of files that were received and are not in the raw zone yet. */
    void eraseReceived(Path directory, LandingGroup group, List<FileRecord> files, int maxRecordBytes)
            throws IOException {
        List<Person> persons = ErasedCustomers.of(fs, layout).ids().stream()
                .map(customer -> new Person(Integer.parseInt(customer), Set.of()))
                .toList();
        for (int i = 0; i < files.size() && !persons.isEmpty(); i++) {
            FileRecord file = files.get(i);
            Path path = new Path(directory, file.rawName());
            Feed feed = group.files().get(i).feed();
            new RecordErasure(fs, maxRecordBytes).erase(path, file, feed, persons, removal -> {});
        }
    }
}
