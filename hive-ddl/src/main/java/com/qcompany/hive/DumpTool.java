package com.qcompany.hive;

import com.qcompany.warehouse.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/** {@code dump}: writes the B2B file of a day, or of each day of a range, to a local directory. */
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
            DailyDump dump = new DailyDump(arguments.out());
            for (LocalDate day : arguments.dates().days()) {
                ResultTable table = rows.getOrDefault(day, DailyDump.empty());
                Path file = dump.write(day, table);
                System.out.printf("%s: %d rows%n", file, table.rows().size());
            }
        }
        return ExitCode.OK.code();
    }
}
