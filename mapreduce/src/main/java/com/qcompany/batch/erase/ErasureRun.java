package com.qcompany.batch.erase;

import static com.qcompany.warehouse.state.ErasedCustomers.ERASED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.ingest.Erasures;
import com.qcompany.batch.ingest.Erasures.Erasure;
import com.qcompany.batch.ingest.RecordErasure;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.batch.publish.Retention;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;

/**
 * Completes erasures that have begun: raw files, the tables by one publish, superseded versions of them at once,
 * exports, and last the app log, which the consumer may hold up. The names that were published say what to look for, so they
 * are noted first. Every step is done or found done, so it can follow one that was killed anywhere.
 */
public final class ErasureRun {
    private final WarehouseRun run;
    private final Erasures erasures;
    private final RecordErasure files;

    public ErasureRun(WarehouseRun run) {
        this.run = run;
        this.erasures = new Erasures(run.fs(), run.layout());
        this.files = new RecordErasure(run.fs(), Settings.LOAD_MAX_RECORD_BYTES.get(run.conf()));
    }

    /**
     * Completes those that have begun, and gives the state that they lead to. Where the app log cannot be changed now, all
     * else is done, the erasure stays begun, and what it waits for is printed.
     */
    public Snapshot completeBegun(Snapshot current) throws IOException {
        Snapshot state = current;
        for (Erasure erasure : erasures.begun()) {
            if (erasures.person(erasure).isEmpty()) {
                erasures.note(erasure, published(erasure.customer(), state));
            }
            Person person = erasures.person(erasure).orElseThrow();
            ConsumerRaisingIOE<Removal> journal = removal -> erasures.note(erasure, removal);
            if (!erasures.isLeftToAppLog(erasure)) {
                eraseRaw(person, journal);
                deleteCopies();
                state = new TableErasure(run, person, journal).publish(state);
                if (!erasures.removals(erasure).isEmpty()) {
                    Retention.none(run.fs(), run.layout()).sweep(state);
                }
                // After the tables: a report that read them before may have been written meanwhile.
                files.eraseTexts(new Path(run.layout().root(), "exports"), text -> withoutNames(text, person), journal);
                erasures.leaveToAppLog(erasure);
            }
            Optional<String> obstacle = new EventErasure(run, person, erasure.run(), files)
                    .erase(erasures.unpublishedEpochs(erasure), journal);
            if (obstacle.isPresent()) {
                System.out.printf(
                        "Customer %d is not erased from the app log yet: %s. The next load, merge or erase completes it.%n",
                        person.id(), obstacle.get());
            } else {
                complete(erasure);
            }
        }
        return state;
    }

    private void complete(Erasure erasure) throws IOException {
        List<Removal> removals = erasures.removals(erasure);
        if (removals.isEmpty()) {
            System.out.printf(
                    "Nothing says who customer %d is; what comes later will not either.%n", erasure.customer());
        } else {
            long changed = removals.stream().mapToLong(Removal::changed).sum();
            System.out.printf(
                    "Erased customer %d from %d records and rows of %d files (proof: %s)%n",
                    erasure.customer(), changed, removals.size(), erasures.proof(erasure));
        }
        erasures.complete(erasure, removals);
    }

    /** The customer with the names and e-mail addresses that are published. */
    private Person published(int customer, Snapshot published) throws IOException {
        Set<List<String>> traces = new HashSet<>();
        DataFile.forEachRow(published, run.layout(), StarSchema.CUSTOMER_DIM, run.conf(), row -> {
            if (row.require(StarSchema.CUSTOMERS.key(), Integer.class) == customer
                    && !row.text("customer_fname").equals(ERASED)) {
                traces.add(List.of(row.text("customer_fname"), row.text("customer_lname")));
                if (row.get("customer_email") != null) {
                    traces.add(List.of(row.text("customer_email")));
                }
            }
        });
        return new Person(customer, traces);
    }

    private void eraseRaw(Person person, ConsumerRaisingIOE<Removal> journal) throws IOException {
        for (GroupRecord group : run.ledger().pending(Snapshot.empty())) {
            for (FileRecord file : group.files()) {
                Path path = new Path(run.ledger().rawDirectory(group), file.rawName());
                files.erase(path, file, run.feeds().feed(file.feed()), List.of(person), journal);
            }
        }
    }

    /** A report on customers has the id beside the name: in cells, as CSV or JSON, or in the label of a bar. */
    private static String withoutNames(String text, Person person) {
        String erased = text;
        List<List<String>> longestFirst = person.traces().stream()
                .sorted(Comparator.comparing(words -> -String.join(" ", words).length()))
                .toList();
        for (List<String> words : longestFirst) {
            if (words.size() == 2 && text.contains(Integer.toString(person.id()))) {
                String first = quoted(words.get(0));
                String last = quoted(words.get(1));
                erased = erased.replaceAll(
                                "(\\b%d\\W{1,3})%s(\\W{1,3})%s(?![A-Za-z0-9])".formatted(person.id(), first, last),
                                "$1%s$2%1$s".formatted(ERASED))
                        .replaceAll(
                                "(?<![A-Za-z0-9])%s %s %d\\b".formatted(first, last, person.id()),
                                "%s %1$s %d".formatted(ERASED, person.id()));
            }
        }
        return erased;
    }

    /** A word as a pattern, its UTF-8 bytes a character each. */
    private static String quoted(String word) {
        return Pattern.quote(new String(word.getBytes(UTF_8), ISO_8859_1));
    }

    /** Deletes what nobody needs: copies of an abandoned ingest, and the rows of rebuilt databases. */
    private void deleteCopies() throws IOException {
        Path root = run.layout().root();
        run.fs().delete(new Path(root, "raw/.abandoned"), true);
        for (FileStatus rebuilt : Listing.of(run.fs(), new Path(root, "rebuild"))) {
            for (FileStatus part : Listing.of(run.fs(), rebuilt.getPath())) {
                run.fs().delete(part.getPath(), true);
            }
        }
    }
}
