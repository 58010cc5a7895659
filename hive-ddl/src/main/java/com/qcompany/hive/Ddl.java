package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing of the database, tables and views. Idempotent; no table changes, no location moves back. */
final class Ddl {

    private static final Logger LOG = LoggerFactory.getLogger(Ddl.class);

    private Ddl() {}

    /** Creates the database and the tables, and the directories the tables begin at. */
    static void createTables(HiveSession session, Warehouse warehouse) throws IOException {
        run(session, warehouse, DdlScripts.DATABASE);
        for (Table table : StarSchema.TABLES) {
            if (table.storage() != Storage.VIEW) {
                warehouse.fs().mkdirs(warehouse.layout().initialLocation(table));
                run(session, warehouse, DdlScripts.name(table));
            }
        }
    }

    /** Creates or replaces the views; the sales are those of a published state, not those of the checked-in script. */
    static void createViews(HiveSession session, Warehouse warehouse, Snapshot published) throws IOException {
        String fact = FactView.statement(published.mergedUpTo(), published.sequence(), published.addedColumns());
        session.execute(warehouse.ddlParameters().resolve(fact));
        session.run(
                HqlScript.parse(DdlScripts.VIEWS, DdlGenerator.views(published.addedColumns())),
                warehouse.ddlParameters());
        LOG.info("Replaced the views of database {}", warehouse.database());
    }

    /** Drops tables, whose files stay since they are external; one that is a view by now stays. */
    static void dropTables(HiveSession session, Warehouse warehouse, List<String> tables) throws IOException {
        for (String table : tables) {
            session.execute("DROP TABLE IF EXISTS %s.%s".formatted(warehouse.database(), table));
        }
    }

    private static void run(HiveSession session, Warehouse warehouse, String script) throws IOException {
        session.run(DdlScripts.script(script), warehouse.ddlParameters());
        LOG.info("Ran {} on database {}", script, warehouse.database());
    }
}
