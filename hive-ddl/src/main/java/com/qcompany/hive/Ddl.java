package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing of the database, tables and views, and the directories the tables begin at. */
final class Ddl {

    private static final Logger LOG = LoggerFactory.getLogger(Ddl.class);

    private Ddl() {}

    /** Idempotent: no table changes, no location moves back, the views are replaced by the same ones. */
    static void apply(HiveSession session, Warehouse warehouse) throws IOException {
        for (Table table : StarSchema.TABLES) {
            warehouse.fs().mkdirs(warehouse.layout().initialLocation(table));
        }
        for (String name : DdlScripts.names()) {
            session.run(DdlScripts.script(name), warehouse.ddlParameters());
            LOG.info("Ran {} on database {}", name, warehouse.database());
        }
    }
}
