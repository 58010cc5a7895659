package com.qcompany.hive;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code ddl}: creates the database, tables and views that are missing, and the directories the tables begin at.
 *
 * <p>Running it again changes no table, replaces the views by the same ones, and never moves a location back.
 */
public final class DdlTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("ddl", new Options());

    @Override
    public int run(String[] args) throws IOException {
        try {
            SYNTAX.parseOptions(args);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        Warehouse warehouse = Warehouse.of(getConf());
        try (HiveSession session = HiveSession.open(getConf())) {
            Ddl.apply(session, warehouse);
        }
        System.out.printf(
                "Database %s has %d tables and their views.%n", warehouse.database(), StarSchema.TABLES.size());
        return ExitCode.OK.code();
    }
}
