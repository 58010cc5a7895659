package com.qcompany.batch.ingest;

import com.qcompany.batch.ingest.Intents.Intent;
import com.qcompany.batch.ingest.Outcome.Kind;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes through the landing directory in natural order and ingests what is ready. A folder that cannot be ingested stays
 * where it is and the others go on.
 *
 * <pre>
 * state/ledger/refused/XX/NAME@FINGERPRINT     a run failed for this folder; later runs only say so
 * state/ledger/set-aside/XX/NAME@FINGERPRINT   an operator does not want to hear of it
 * </pre>
 *
 * Whoever changes such a folder makes it a new one.
 */
record LandingIngest(
        LandingDirectory landing,
        EntryDirectory refused,
        EntryDirectory setAside,
        Intents intents,
        Readiness readiness,
        Clock clock,
        Consumer<Outcome> outcomes) {

    private static final Set<Kind> RECORDED = EnumSet.of(Kind.ACCEPTED, Kind.DUPLICATE);

    /** Ingests the first groups that are ready, at most so many, for a nominal hour in UTC. */
    Set<Kind> run(LocalDateTime hour, int most) throws IOException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        int recorded = 0;
        for (Path entry : landing.entries()) {
            Optional<Outcome> outcome = isSetAside(entry) ? Optional.empty() : visit(entry, hour);
            if (outcome.isPresent()) {
                outcomes.accept(outcome.get());
                kinds.add(outcome.get().kind());
                recorded += RECORDED.contains(outcome.get().kind()) ? 1 : 0;
                if (recorded == most) {
                    break;
                }
            }
        }
        return kinds;
    }

    private boolean isSetAside(Path entry) throws IOException {
        var fingerprints = setAside.of(LandingDirectory.name(entry));
        return !fingerprints.isEmpty() && fingerprints.contains(List.of(landing.fingerprint(entry)));
    }

    private Optional<Outcome> visit(Path entry, LocalDateTime hour) throws IOException {
        LandingGroup group;
        try {
            group = landing.look(entry);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(left(entry, e));
        }
        if (intents.ledger().holdsUnchanged(group.name(), group.fingerprint())) {
            return Optional.empty();
        }
        Readiness.Verdict verdict = readiness.of(group, clock.instant());
        return Optional.of(
                switch (verdict.state()) {
                    case READY -> ingest(group, hour, "");
                    case DIMENSIONS_ONLY -> ingest(group, hour, ", although " + verdict.reason());
                    case WAITING -> left(Kind.WAITING, group, "waits: " + verdict.reason());
                    case OVERDUE -> left(Kind.OVERDUE, group, "is incomplete: " + verdict.reason());
                });
    }

    private Outcome ingest(LandingGroup group, LocalDateTime hour, String lacks) throws IOException {
        long start = System.nanoTime();
        Optional<Intent> intent;
        try {
            intent = intents.prepare(group, hour);
        } catch (IOException | IllegalArgumentException e) {
            return left(group.folder(), e);
        }
        if (intent.isEmpty()) {
            return new Outcome(Kind.UNCHANGED, group.name() + " has the content that is recorded of it: nothing to do");
        }
        intents.commit(intent.get());
        refused.remove(group.name());
        setAside.remove(group.name());
        GroupRecord record = intent.get().record();
        if (record.duplicateOf() == null) {
            return Outcome.accepted(group, record, lacks, repeated(record), (System.nanoTime() - start) / 1e9);
        }
        GroupRecord original = intents.ledger().read(record.duplicateOf());
        return new Outcome(
                Kind.DUPLICATE,
                "Recorded %s as a duplicate of %s: it loads nothing".formatted(record.name(), original.group()));
    }

    private String repeated(GroupRecord record) throws IOException {
        StringBuilder clauses = new StringBuilder();
        for (FileRecord file : record.files()) {
            if (file.duplicateOf() != null) {
                GroupRecord original = intents.ledger().read(file.duplicateOf());
                clauses.append("; %s as in %s".formatted(file.feed(), original.group()));
            }
        }
        return clauses.toString();
    }

    private static Outcome left(Kind kind, LandingGroup group, String why) {
        return new Outcome(kind, "%s %s%s".formatted(group.name(), why, group.leftAsideClause()));
    }

    /** What is said of an entry that cannot be ingested. */
    private Outcome left(Path entry, Exception e) throws IOException {
        String name = LandingDirectory.name(entry);
        if (!(e instanceof RefusedException)) {
            String again = "%s was not ingested, the next run tries again. %s".formatted(name, e.getMessage());
            return new Outcome(Kind.FAILED, again);
        }
        return refused.add(name, landing.fingerprint(entry))
                ? new Outcome(
                        Kind.REFUSED,
                        "%s is refused. %s. Mend it, or leave it out with --set-aside".formatted(name, e.getMessage()))
                : new Outcome(Kind.STILL_REFUSED, "%s is still refused. %s".formatted(name, e.getMessage()));
    }
}
