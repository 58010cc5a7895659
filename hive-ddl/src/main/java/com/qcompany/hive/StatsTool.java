package com.qcompany.hive;

import com.qcompany.warehouse.ExitCode;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Table;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code stats}: gives Hive's planner the row counts and sizes of every table, read from the Parquet footers without a
 * job; one statement a table, whatever its partitions.
 *
 * <p>They guide plans only. Hive answers no query on an external table from them, so a file that is appended later
 * cannot make an answer wrong.
 */
public final class StatsTool extends Configured implements Tool {

    @Override
    public int run(String[] args) throws IOException {
        if (args.length > 0) {
            System.err.println("Usage: stats (takes no arguments)");
            return ExitCode.USAGE.code();
        }
        String database = Warehouse.of(getConf()).database();
        try (HiveSession session = HiveSession.open(getConf())) {
            for (Table table : StarSchema.TABLES) {
                session.execute("ANALYZE TABLE %s.%s%s COMPUTE STATISTICS NOSCAN"
                        .formatted(database, table.name(), allPartitions(table)));
                System.out.printf("%s.%s has fresh statistics.%n", database, table.name());
            }
        }
        return ExitCode.OK.code();
    }

    private static String allPartitions(Table table) {
        return table.partitionColumns().isEmpty()
                ? ""
                : table.partitionColumns().stream()
                        .map(column -> "`" + column.name() + "`")
                        .collect(Collectors.joining(", ", " PARTITION (", ")"));
    }
}
