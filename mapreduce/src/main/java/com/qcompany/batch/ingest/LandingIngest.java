package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Goes through the landing directory in natural order and takes what is ready. A folder that cannot be read stays where
 * it is and the others go on.
 */
final class LandingIngest {

    private final LandingDirectory landing;
    private final Ledger ledger;
    private final GroupIngest ingest;
    private final Readiness readiness;
    private final Clock clock;
    private final Function<LandingGroup, CopyProgress> progress;
    private final Consumer<Outcome> outcomes;

    LandingIngest(
            LandingDirectory landing,
            Ledger ledger,
            GroupIngest ingest,
            Readiness readiness,
            Clock clock,
            Function<LandingGroup, CopyProgress> progress,
            Consumer<Outcome> outcomes) {
        this.landing = landing;
        this.ledger = ledger;
        this.ingest = ingest;
        this.readiness = readiness;
        this.clock = clock;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /**
     * Takes groups.
     *
     * @param hour nominal hour of all of them, UTC
     * @param all whether to take every group that is ready, not the first one alone
     * @return the kinds of outcomes there were
     */
    Set<Outcome.Kind> run(LocalDateTime hour, boolean all) throws IOException {
        Set<Outcome.Kind> kinds = EnumSet.noneOf(Outcome.Kind.class);
        for (Path folder : landing.folders()) {
            Optional<Outcome> outcome = visit(folder, hour);
            if (outcome.isPresent()) {
                outcomes.accept(outcome.get());
                kinds.add(outcome.get().kind());
                if (outcome.get().recorded() && !all) {
                    break;
                }
            }
        }
        return kinds;
    }

    private Optional<Outcome> visit(Path folder, LocalDateTime hour) throws IOException {
        LandingGroup group;
        try {
            group = landing.look(folder);
        } catch (IOException e) {
            return Optional.of(failed(folder, e));
        }
        if (ledger.holdsUnchanged(group.name(), group.fingerprint())) {
            return Optional.empty();
        }
        Readiness.Verdict verdict = readiness.of(group, clock.instant());
        return Optional.of(
                switch (verdict.state()) {
                    case READY, DIMENSIONS_ONLY -> take(group, hour, verdict);
                    case WAITING ->
                        new Outcome(Outcome.Kind.WAITING, "%s waits: %s".formatted(group.name(), verdict.reason()));
                    case OVERDUE ->
                        new Outcome(
                                Outcome.Kind.OVERDUE, "%s is incomplete: %s".formatted(group.name(), verdict.reason()));
                });
    }

    private Outcome take(LandingGroup group, LocalDateTime hour, Readiness.Verdict verdict) throws IOException {
        long start = System.nanoTime();
        Optional<Intent> intent;
        try (CopyProgress shown = progress.apply(group)) {
            intent = ingest.prepare(group, hour, shown);
        } catch (IOException e) {
            return failed(group.folder(), e);
        }
        if (intent.isEmpty()) {
            return new Outcome(
                    Outcome.Kind.UNCHANGED,
                    "%s has the content it was taken with before: nothing to do".formatted(group.name()));
        }
        ingest.commit(intent.get());
        GroupRecord record = intent.get().record();
        return record.duplicateOf() != null
                ? duplicate(record, ledger.read(record.duplicateOf()))
                : taken(group, record, verdict, (System.nanoTime() - start) / 1e9);
    }

    private static Outcome taken(LandingGroup group, GroupRecord record, Readiness.Verdict verdict, double seconds) {
        String rows = record.files().stream()
                .sorted(Comparator.comparing(FileRecord::feed).reversed())
                .map(file -> String.format(Locale.ROOT, "%,d %s", file.rows(), file.feed()))
                .collect(Collectors.joining(", "));
        String remarks = record.version() == 1 ? "" : ", version %d of it".formatted(record.version());
        if (verdict.state() == Readiness.State.DIMENSIONS_ONLY) {
            remarks += ", although " + verdict.reason();
        }
        if (!group.strangers().isEmpty()) {
            remarks += ", leaving aside what belongs to no feed: " + String.join(" ", group.strangers());
        }
        return new Outcome(
                Outcome.Kind.TAKEN,
                String.format(
                        Locale.ROOT,
                        "Took %s as %s%s: %s; %s in %.1f s",
                        record.name(),
                        record.hour(),
                        remarks,
                        rows,
                        new ByteCount(group.bytes()),
                        seconds));
    }

    private static Outcome duplicate(GroupRecord record, GroupRecord original) {
        return new Outcome(
                Outcome.Kind.DUPLICATE,
                "Recorded %s as a duplicate of %s: it loads nothing".formatted(record.name(), original.group()));
    }

    private static Outcome failed(Path folder, IOException e) {
        String name = folder.getFileName().toString();
        return new Outcome(Outcome.Kind.FAILED, "%s stays where it is. %s".formatted(name, e.getMessage()));
    }
}
