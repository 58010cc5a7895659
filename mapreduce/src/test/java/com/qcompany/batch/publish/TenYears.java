package com.qcompany.batch.publish;

import static com.qcompany.warehouse.schema.StarSchema.LOAD_RUNS;
import static com.qcompany.warehouse.schema.StarSchema.REJECTED_ROWS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;
import static com.qcompany.warehouse.schema.StarSchema.SALES_DELTA;
import static com.qcompany.warehouse.schema.StarSchema.SOURCE_GROUPS;
import static com.qcompany.warehouse.schema.StarSchema.TRANSACTION_KEYS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.batch.merge.PlannedMerge;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Years of hourly loads and their merges, as {@link PublishPlan} and the plan of a merge decide them, over files that are
 * only names with a number of rows: what the state costs as it grows.
 *
 * <p>Each hour sells on all of the last {@code window} dates; by Settings' defaults a merge comes after 48 loads, versions
 * are kept for a day, rows about runs for 400.
 */
final class TenYears {

    private static final Layout LAYOUT = new Layout(new Path("hdfs://namenode/q"));
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Configuration DEFAULTS = new Configuration(false);
    private static final int MAX_DELTAS = Settings.COMPACT_MAX_DELTAS.get(DEFAULTS);
    private static final int DAYS_KEPT = Settings.COMPACT_RETIRE_DAYS.get(DEFAULTS);
    private static final int HOURS_RETAINED =
            (int) Settings.COMPACT_RETAIN.get(DEFAULTS).toHours();

    private record Published(int hour, Snapshot state) {}

    /** What the state is made of at a time; bytes are of the JSON that is written. */
    record Cost(
            int days,
            long rows,
            int partitions,
            int files,
            int filesRetained,
            int snapshotBytes,
            int loadJournalBytes,
            int mergeJournalBytes,
            int mergeInputs,
            long mergeRows,
            double planMillis) {}

    private final int rowsPerHour;
    private final int window;
    private final Deque<Published> retained = new ArrayDeque<>();
    private Snapshot state = Snapshot.empty();
    private int hour;
    private int loadJournalBytes;
    private int mergeJournalBytes;
    private int mergeInputs;
    private long mergeRows;
    private long planNanos;

    private TenYears(int rowsPerHour, int window) {
        this.rowsPerHour = rowsPerHour;
        this.window = window;
        retained.add(new Published(-HOURS_RETAINED, state));
    }

    /** Runs that many days and says what they cost, at the end of each period and at the end. */
    static List<Cost> run(int days, int period, int rowsPerHour, int window) throws JsonProcessingException {
        TenYears years = new TenYears(rowsPerHour, window);
        List<Cost> costs = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            for (int i = 0; i < 24; i++) {
                years.load();
                years.hour++;
            }
            if (day % period == 0 || day == days) {
                costs.add(years.cost(day));
            }
        }
        return costs;
    }

    /** Usage: {@code TenYears [YEARS [ROWS_PER_HOUR [DATES_PER_HOUR]]]}. */
    public static void main(String[] args) throws JsonProcessingException {
        int years = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1500;
        int window = args.length > 2 ? Integer.parseInt(args[2]) : 610;
        System.out.println("days | sales | partitions | files | with retained | snapshot, bytes | journal of a load |"
                + " journal of a merge | files a merge reads | rows it reads | plan of a publish, ms");
        for (Cost cost : run(365 * years, 365, rows, window)) {
            System.out.printf(
                    "%d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %.1f%n",
                    cost.days(),
                    cost.rows(),
                    cost.partitions(),
                    cost.files(),
                    cost.filesRetained(),
                    cost.snapshotBytes(),
                    cost.loadJournalBytes(),
                    cost.mergeJournalBytes(),
                    cost.mergeInputs(),
                    cost.mergeRows(),
                    cost.planMillis());
        }
    }

    private void load() throws JsonProcessingException {
        String next = Long.toString(state.sequence() + 1);
        String run = "load-" + hour;
        List<DataFile> appends = List.of(
                staged(run, SALES_DELTA, List.of(next), rowsPerHour),
                staged(run, TRANSACTION_KEYS, List.of(next), rowsPerHour),
                staged(run, REJECTED_ROWS, List.of(today()), 10),
                staged(run, LOAD_RUNS, List.of(today()), 1));
        List<DataFile> replacements = new ArrayList<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            replacements.add(staged(run, dimension.table(), List.of(), 100));
        }
        replacements.add(staged(run, SOURCE_GROUPS, List.of(), hour + 1));
        loadJournalBytes = publish(new PublishRequest(run, "load")
                .append(appends)
                .replace(replacements)
                .decide(Set.of(hour + 1L), Set.of(), Set.of()));
        if (state.unmergedDeltas().size() >= MAX_DELTAS) {
            merge();
        }
    }

    private void merge() throws JsonProcessingException {
        String run = "compact-" + hour;
        long start = System.nanoTime();
        PlannedMerge plan = PlannedMerge.of(state, LAYOUT, dates(), oldest(), date(), DAYS_KEPT);
        planNanos += System.nanoTime() - start;
        mergeInputs = plan.inputs().size();
        mergeRows = plan.inputs().stream().mapToLong(DataFile::rows).sum();
        List<DataFile> written = new ArrayList<>();
        plan.inputs().stream()
                .filter(file ->
                        !file.table().equals(SALES_DELTA) && !file.table().equals(SALES_BASE))
                .filter(file -> !file.table().equals(TRANSACTION_KEYS))
                .collect(Collectors.groupingBy(
                        file -> new Partition(file.table(), file.partition()), Collectors.summingLong(DataFile::rows)))
                .forEach((partition, rows) -> written.add(staged(run, partition.table(), partition.values(), rows)));
        long keys = rows(plan, TRANSACTION_KEYS);
        if (keys > 0) {
            written.add(staged(run, TRANSACTION_KEYS, List.of(Long.toString(state.sequence() + 1)), keys));
        }
        List<String> dates = dates().stream().sorted().toList();
        long sold = rows(plan, SALES_DELTA);
        for (int i = 0; i < dates.size(); i++) {
            long before = state.partitionsOf(SALES_BASE).containsKey(dates.get(i))
                    ? state.partitionsOf(SALES_BASE).get(dates.get(i)).rows()
                    : 0;
            long more = sold / dates.size() + (i < sold % dates.size() ? 1 : 0);
            written.add(staged(run, SALES_BASE, List.of(dates.get(i)), before + more));
        }
        mergeJournalBytes = publish(new PublishRequest(run, "compact")
                .replace(written)
                .drop(plan.dropped())
                .mergedUpTo(state.sequence()));
    }

    private static long rows(PlannedMerge plan, Table table) {
        return plan.inputs().stream()
                .filter(file -> file.table().equals(table))
                .mapToLong(DataFile::rows)
                .sum();
    }

    /** Returns the bytes of the journal's entry. */
    private int publish(PublishRequest request) throws JsonProcessingException {
        long start = System.nanoTime();
        JournalEntry entry = PublishPlan.of(state, LAYOUT, request);
        planNanos += System.nanoTime() - start;
        state = entry.after();
        retained.add(new Published(hour, state));
        while (retained.stream().skip(1).findFirst().orElseThrow().hour() <= hour - HOURS_RETAINED) {
            retained.remove();
        }
        boolean isLastOfDay = hour % 24 == 23;
        return isLastOfDay ? JSON.writeValueAsBytes(entry).length : 0;
    }

    /** What the oldest query may still see. */
    private Snapshot oldest() {
        return retained.element().state();
    }

    private Cost cost(int days) throws JsonProcessingException {
        Set<Path> all = new HashSet<>();
        retained.forEach(published -> files(published.state()).forEach(file -> all.add(file.path())));
        Cost cost = new Cost(
                days,
                files(state).stream()
                        .filter(file -> file.table().equals(SALES_BASE) || isUnmerged(file))
                        .mapToLong(DataFile::rows)
                        .sum(),
                state.partitions().values().stream()
                        .mapToInt(versions -> versions.size())
                        .sum(),
                files(state).size(),
                all.size(),
                JSON.writeValueAsBytes(state).length,
                loadJournalBytes,
                mergeJournalBytes,
                mergeInputs,
                mergeRows,
                planNanos / 1e6 / state.sequence());
        return cost;
    }

    private boolean isUnmerged(DataFile file) {
        return file.table().equals(SALES_DELTA)
                && Long.parseLong(file.partition().get(0)) > state.mergedUpTo();
    }

    private static List<DataFile> files(Snapshot state) {
        return StarSchema.TABLES.stream()
                .flatMap(table -> DataFile.of(state, LAYOUT, table).stream())
                .toList();
    }

    private DataFile staged(String run, Table table, List<String> partition, long rows) {
        return new DataFile(
                table,
                partition,
                new Path(LAYOUT.staging(run), table.name() + "-" + String.join("-", partition)),
                rows);
    }

    /** Dates on which an hour sells: the last ones. */
    private Set<String> dates() {
        return date().minusDays(window - 1L)
                .datesUntil(date().plusDays(1))
                .map(LocalDate::toString)
                .collect(Collectors.toSet());
    }

    private LocalDate date() {
        return FIRST.plusDays(hour / 24);
    }

    private String today() {
        return date().toString();
    }
}
