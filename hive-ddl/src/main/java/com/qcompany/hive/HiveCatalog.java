package com.qcompany.hive;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.CatalogChange;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog in Hive. Adding and dropping take many partitions a statement; moving one takes a statement each, so those
 * run over {@code q.hive.connections} sessions at once. Not thread-safe.
 */
public final class HiveCatalog implements Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(HiveCatalog.class);
    /** Partitions in one statement: 500 take about a second, and a statement stays far below Thrift's message limit. */
    private static final int PARTITIONS_PER_STATEMENT = 500;

    /** Statements below which opening another session costs more than it saves. */
    private static final int STATEMENTS_PER_SESSION = 8;

    private static final String AS_OF = "sales_as_of_";

    private final Configuration conf;
    private final String database;
    private final HiveSession session;

    private HiveCatalog(Configuration conf, String database, HiveSession session) {
        this.conf = conf;
        this.database = database;
        this.session = session;
    }

    /** Connects to the HiveServer2 that the configuration names. */
    public static HiveCatalog open(Configuration conf) throws IOException {
        return over(HiveSession.open(conf), conf);
    }

    /** The catalog over a session, which is closed by either. */
    static HiveCatalog over(HiveSession session, Configuration conf) {
        return new HiveCatalog(conf, Settings.DATABASE.get(conf), session);
    }

    @Override
    public void setTableLocation(Table table, Path directory) throws IOException {
        session.execute("ALTER TABLE %s SET LOCATION '%s'".formatted(name(table), location(directory)));
        LOG.info("Table {} is at {}", name(table), directory);
    }

    @Override
    public void addPartitions(Table table, Map<List<String>, Path> locations) throws IOException {
        List<String> clauses = perPartition("%s LOCATION '%s'", table, locations);
        inChunks(clauses, "ALTER TABLE %s ADD IF NOT EXISTS ".formatted(name(table)), " ");
        LOG.info("Registered {} partitions of {}", clauses.size(), name(table));
    }

    @Override
    public void dropPartitions(Table table, Collection<List<String>> partitions) throws IOException {
        List<String> clauses = partitions.stream()
                .map(values -> PartitionClause.of(table, values))
                .toList();
        inChunks(clauses, "ALTER TABLE %s DROP IF EXISTS ".formatted(name(table)), ", ");
        LOG.info("Dropped {} partitions of {}, their files stay", clauses.size(), name(table));
    }

    @Override
    public void setPartitionLocations(Table table, Map<List<String>, Path> locations) throws IOException {
        List<String> statements =
                perPartition("ALTER TABLE " + name(table) + " %s SET LOCATION '%s'", table, locations);
        inParallel(statements);
        LOG.info("Moved {} partitions of {}", statements.size(), name(table));
    }

    @Override
    public void showSales(long mergedUpTo, long published, List<AddedColumn> added) throws IOException {
        HqlParameters parameters = HqlParameters.ofDatabase(database);
        session.execute(parameters.resolve(FactView.statement(mergedUpTo, published, added)));
        for (String view : SalesView.ofAdded(added)) {
            session.execute(parameters.resolve(view));
        }
        LOG.info("Database {} shows sales up to publish {}, merged up to {}", database, published, mergedUpTo);
    }

    /**
     * Makes a view of the sales as they were after a publish; a rerun replaces it by the same.
     *
     * @param mergedUpTo last publish that was merged then
     * @param added columns that contracts had added by then
     * @return its name with the database
     */
    public String showSalesAsOf(long mergedUpTo, long published, List<AddedColumn> added) throws IOException {
        String view = AS_OF + published;
        session.execute(
                HqlParameters.ofDatabase(database).resolve(FactView.statement(view, mergedUpTo, published, added)));
        return database + "." + view;
    }

    @Override
    public void hideSalesBefore(long published) throws IOException {
        for (List<String> row : session.query("SHOW VIEWS IN " + database).rows()) {
            String view = row.get(0); // filtered here, since patterns of LIKE are others from Hive 4 on
            if (view.matches(AS_OF + "\\d{1,18}") && Long.parseLong(view.substring(AS_OF.length())) < published) {
                session.execute("DROP VIEW IF EXISTS %s.%s".formatted(database, view));
                LOG.info("Dropped {}, whose publish is not retained any more", view);
            }
        }
    }

    /** Has every stored table show what a snapshot or its directories have, and tells of each what became of it. */
    void follow(Snapshot snapshot, Layout layout, LeaseCheck lease, BiConsumer<Table, String> outcome)
            throws IOException {
        for (Table table : StarSchema.STORED_TABLES) {
            outcome.accept(table, follow(table, snapshot, layout, lease));
        }
    }

    private String follow(Table table, Snapshot snapshot, Layout layout, LeaseCheck lease) throws IOException {
        return switch (table.storage()) {
            case VERSIONED_TABLE -> {
                Path current = layout.tableVersion(
                        table, snapshot.versionOf(table).map(Version::number).orElse(0L));
                setTableLocation(table, current);
                yield "is at " + current.getName();
            }
            case VERSIONED_PARTITIONS -> followPartitions(table, snapshot, layout, lease);
            case CONVENTIONAL -> {
                syncPartitions(table);
                yield "follows its directories";
            }
            case VIEW -> throw new IllegalArgumentException("Cannot register %s: it is a view".formatted(table.name()));
        };
    }

    private String followPartitions(Table table, Snapshot snapshot, Layout layout, LeaseCheck lease)
            throws IOException {
        Map<List<String>, Path> published = CatalogChange.locations(snapshot, Snapshot.empty(), layout, table);
        CatalogChange change = CatalogChange.of(table, Optional.empty(), partitions(table), published);
        change.apply(this, lease);
        return "has %d partitions: %d added, %d moved, %d dropped"
                .formatted(
                        published.size(),
                        change.added().size(),
                        change.relocated().size(),
                        change.dropped().size());
    }

    /** Computes statistics of whole tables from the files that lie there now, by one statement each. */
    void computeStatistics(List<Table> tables) throws IOException {
        inParallel(tables.stream().map(this::analyze).toList());
    }

    private String analyze(Table table) {
        return "ANALYZE TABLE %s %s COMPUTE STATISTICS NOSCAN".formatted(name(table), PartitionClause.ofAll(table));
    }

    /** Where all partitions are registered; one whose location Hive does not tell counts as being at the root. */
    Map<List<String>, Path> partitions(Table table) throws IOException {
        Map<List<String>, Path> partitions = new HashMap<>();
        for (List<String> row : session.query("SHOW PARTITIONS " + name(table)).rows()) {
            List<String> values = Arrays.stream(row.get(0).split("/"))
                    .map(part -> part.substring(part.indexOf('=') + 1))
                    .toList();
            partitions.put(values, new Path(Path.SEPARATOR));
        }
        if (!partitions.isEmpty()) {
            ResultTable plan = session.query("EXPLAIN EXTENDED SELECT 1 FROM " + name(table));
            partitions.putAll(RegisteredLocations.parse(
                    table, plan.rows().stream().map(row -> row.get(0)).toList()));
        }
        return partitions;
    }

    /** Registers what lies below a conventional table's directory, and forgets partitions that are gone. */
    void syncPartitions(Table table) throws IOException {
        if (table.storage() != Table.Storage.CONVENTIONAL) {
            throw new IllegalArgumentException(
                    "Cannot sync partitions of %s: it is %s (MSCK would drop them all; expected a conventional table)"
                            .formatted(table.name(), table.storage()));
        }
        session.execute("MSCK REPAIR TABLE %s SYNC PARTITIONS".formatted(name(table)));
        LOG.info("Synchronised the partitions of {} with its directories", name(table));
    }

    @Override
    public void close() throws IOException {
        session.close();
    }

    private void inChunks(List<String> clauses, String head, String separator) throws IOException {
        for (int from = 0; from < clauses.size(); from += PARTITIONS_PER_STATEMENT) {
            int to = Math.min(clauses.size(), from + PARTITIONS_PER_STATEMENT);
            session.execute(head + String.join(separator, clauses.subList(from, to)));
        }
    }

    /**
     * Runs idempotent statements that do not depend on each other over several sessions, of which this one is the first. A
     * failure stops the rest; running all of them again is right.
     */
    private void inParallel(List<String> statements) throws IOException {
        int sessions =
                Math.min(Settings.HIVE_CONNECTIONS.get(conf), 1 + (statements.size() - 1) / STATEMENTS_PER_SESSION);
        Queue<String> waiting = new ConcurrentLinkedQueue<>(statements);
        new ParallelTasks(sessions).forEach(IntStream.range(0, sessions).boxed().toList(), number -> {
            try (HiveSession own = number == 0 ? null : HiveSession.open(conf)) {
                for (String next = waiting.poll(); next != null; next = waiting.poll()) {
                    (own == null ? session : own).execute(next);
                }
            } catch (IOException | RuntimeException e) {
                waiting.clear();
                throw e;
            }
        });
    }

    /** A text for each partition, of its clause and location, in an order that is the same on every run. */
    private List<String> perPartition(String format, Table table, Map<List<String>, Path> locations)
            throws IOException {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<List<String>, Path> entry : locations.entrySet()) {
            texts.add(format.formatted(PartitionClause.of(table, entry.getKey()), location(entry.getValue())));
        }
        Collections.sort(texts);
        return texts;
    }

    /** Hive wants scheme and authority in SET LOCATION. */
    private String location(Path directory) throws IOException {
        return HqlParameters.checkedLocation(directory.getFileSystem(conf).makeQualified(directory));
    }

    private String name(Table table) {
        return database + "." + table.name();
    }
}
