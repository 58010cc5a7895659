package com.qcompany.hive;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/** {@code dump}: writes the B2B file of a day, or of each day of a range, to a directory, local or not. */
public final class DumpTool extends Configured implements Tool {

    @Override
    public int run(String[] args) throws IOException {
        DumpArguments arguments;
        try {
            arguments = DumpArguments.parse(args);
        } catch (IllegalArgumentException e) {
            return DumpArguments.SYNTAX.refuse(e).code();
        }
        String database = Warehouse.of(getConf()).database();
        try (HiveSession session = HiveSession.open(getConf())) {
            Map<LocalDate, ResultTable> rows = DailyDump.rows(session, database, arguments.dates());
            OutputDirectory receipts = arguments.receipts().isPresent()
                    ? OutputDirectory.of(arguments.receipts().get(), getConf())
                    : null;
            DailyDump dump =
                    new DailyDump(OutputDirectory.of(arguments.out(), getConf()), Optional.ofNullable(receipts));
            for (LocalDate day : arguments.dates().days()) {
                ResultTable table = rows.getOrDefault(day, DailyDump.empty());
                String file = dump.write(day, table);
                System.out.printf("%s: %d rows%n", file, table.rows().size());
            }
        }
        return ExitCode.OK.code();
    }
}
