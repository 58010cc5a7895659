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
 *
 * @param outcomes gets what became of each folder, as soon as it is known
 */
record LandingIngest(
        LandingDirectory landing,
        EntryDirectory refused,
        EntryDirectory setAside,
        GroupIngest groups,
        Intents intents,
        Readiness readiness,
        Clock clock,
        Consumer<Outcome> outcomes) {

    private static final Set<Kind> RECORDED = EnumSet.of(Kind.ACCEPTED, Kind.DUPLICATE);

    /**
     * Ingests groups.
     *
     * @param hour nominal hour of all of them, UTC
     * @param all whether to ingest every group that is ready, not the first one alone
     * @return the kinds of outcomes there were
     */
    Set<Kind> run(LocalDateTime hour, boolean all) throws IOException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Path entry : landing.entries()) {
            Optional<Outcome> outcome = isSetAside(entry) ? Optional.empty() : visit(entry, hour);
            if (outcome.isPresent()) {
                outcomes.accept(outcome.get());
                kinds.add(outcome.get().kind());
                if (!all && RECORDED.contains(outcome.get().kind())) {
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
        if (intents.ledger().index().holdsUnchanged(group.name(), group.fingerprint())) {
            return Optional.empty();
        }
        Readiness.Verdict verdict = readiness.of(group, clock.instant());
        return Optional.of(
                switch (verdict.state()) {
                    case READY -> ingest(group, hour, "");
                    case DIMENSIONS_ONLY -> ingest(group, hour, ", although " + verdict.reason());
                    case WAITING -> Outcome.waiting(group, verdict.reason());
                    case OVERDUE -> Outcome.overdue(group, verdict.reason());
                });
    }

    private Outcome ingest(LandingGroup group, LocalDateTime hour, String lacks) throws IOException {
        long start = System.nanoTime();
        Optional<Intent> intent;
        try {
            intent = groups.prepare(group, hour);
        } catch (IOException | IllegalArgumentException e) {
            return left(group.folder(), e);
        }
        if (intent.isEmpty()) {
            return Outcome.unchanged(group);
        }
        intents.commit(intent.get());
        refused.remove(group.name());
        setAside.remove(group.name());
        GroupRecord record = intent.get().record();
        return record.duplicateOf() != null
                ? Outcome.duplicate(record, intents.ledger().read(record.duplicateOf()))
                : Outcome.accepted(group, record, lacks, repeated(record), (System.nanoTime() - start) / 1e9);
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

    /** What is said of an entry that stays where it is. */
    private Outcome left(Path entry, Exception e) throws IOException {
        String name = LandingDirectory.name(entry);
        return e instanceof RefusedException
                ? Outcome.refused(name, e, refused.add(name, landing.fingerprint(entry)))
                : Outcome.failed(name, e);
    }
}
