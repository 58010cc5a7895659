package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import java.util.stream.Stream;

/** The checked-in DDL, {@code ddl/*.hql} among the resources: database, a script a table, views. */
final class DdlScripts {

    static final String DATABASE = "database.hql";
    static final String VIEWS = "views.hql";

    private DdlScripts() {}

    /** File names in the order in which they run. */
    static List<String> names() {
        return Stream.of(Stream.of(DATABASE), StarSchema.TABLES.stream().map(DdlScripts::name), Stream.of(VIEWS))
                .flatMap(names -> names)
                .toList();
    }

    static String name(Table table) {
        return table.name() + ".hql";
    }

    static HqlScript script(String name) {
        return HqlScript.ofResource("ddl/" + name);
    }
}
