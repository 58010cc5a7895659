package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing of the database, tables, columns and views. Idempotent; no location moves back. */
final class Ddl {

    private static final Logger LOG = LoggerFactory.getLogger(Ddl.class);

    static final String DATABASE = "database.hql";
    static final String VIEWS = "views.hql";

    private Ddl() {}

    /** File names of the checked-in DDL, {@code ddl/*.hql} among the resources, in the order in which they run. */
    static List<String> names() {
        return Stream.of(Stream.of(DATABASE), StarSchema.TABLES.stream().map(Ddl::name), Stream.of(VIEWS))
                .flatMap(names -> names)
                .toList();
    }

    static String name(Table table) {
        return table.name() + ".hql";
    }

    static HqlScript script(String name) {
        return HqlScript.ofResource("ddl/" + name);
    }

    /** Creates the database and the tables, and the directories the tables begin at. */
    static void createTables(HiveSession session, Warehouse warehouse) throws IOException {
        run(session, warehouse, DATABASE);
        for (Table table : StarSchema.STORED_TABLES) {
            warehouse.fs().mkdirs(warehouse.layout().initialLocation(table));
            run(session, warehouse, name(table));
            addColumns(session, warehouse, table);
        }
    }

    /** Adds the columns that a table of an earlier release lacks; its files need not have them. */
    private static void addColumns(HiveSession session, Warehouse warehouse, Table table) throws IOException {
        if (table.storage() != Storage.VERSIONED_TABLE) {
            return;
        }
        String name = warehouse.database() + "." + table.name();
        Set<String> known = session.query("SHOW COLUMNS IN " + name).rows().stream()
                .map(row -> row.get(0).strip())
                .collect(Collectors.toSet());
        String missing = table.columns().stream()
                .filter(column -> !known.contains(column.name()))
                .map(column -> "`%s` %s COMMENT %s"
                        .formatted(column.name(), column.type().hiveName(), FactView.literal(column.comment())))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            session.execute("ALTER TABLE %s ADD COLUMNS (%s)".formatted(name, missing));
            LOG.info("Added to {}: {}", name, missing);
        }
    }

    /** Creates or replaces the views; the sales are those of a published state, not those of the checked-in script. */
    static void createViews(HiveSession session, Warehouse warehouse, Snapshot published) throws IOException {
        HqlParameters parameters = warehouse.ddlParameters();
        session.execute(parameters.resolve(
                FactView.statement(published.mergedUpTo(), published.sequence(), published.addedColumns())));
        run(session, warehouse, VIEWS);
        for (String view : SalesView.ofAdded(published.addedColumns())) {
            session.execute(parameters.resolve(view));
        }
    }

    /** Drops tables, whose files stay since they are external; one that is a view by now stays. */
    static void dropTables(HiveSession session, Warehouse warehouse, List<String> tables) throws IOException {
        for (String table : tables) {
            session.execute("DROP TABLE IF EXISTS %s.%s".formatted(warehouse.database(), table));
        }
    }

    private static void run(HiveSession session, Warehouse warehouse, String script) throws IOException {
        session.run(script(script), warehouse.ddlParameters());
        LOG.info("Ran {} on database {}", script, warehouse.database());
    }
}
