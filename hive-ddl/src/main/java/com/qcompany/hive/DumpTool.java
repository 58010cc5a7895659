package com.qcompany.hive;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code dump}: issues the B2B file of a day, or of each day of a range, to a directory, local or not. A day that was issued
 * before is issued again as a new version where its figures changed; with {@code --corrected} that is done for every day
 * of which sales were corrected or taken back since the last such run. A rerun without a change issues nothing.
 */
public final class DumpTool extends Configured implements Tool {

    @Override
    public int run(String[] args) throws IOException {
        DumpArguments arguments = DumpArguments.parse(args);
        Warehouse warehouse = Warehouse.of(getConf());
        try (HiveSession session = HiveSession.open(getConf())) {
            issue(arguments, session, warehouse.database(), arguments.dates());
            if (arguments.corrected()) {
                RestatedDays restated = RestatedDays.since(session, warehouse, arguments.out());
                for (LocalDate day : restated.days()) {
                    if (dump(arguments, day).isIssued(day)) {
                        issue(arguments, session, warehouse.database(), new DateRange(day, day));
                    }
                }
                restated.done(warehouse);
            }
        }
        return ExitCode.OK.code();
    }

    private void issue(DumpArguments arguments, HiveSession session, String database, DateRange dates)
            throws IOException {
        Map<LocalDate, ResultTable> rows = DailyDump.rows(session, database, dates);
        for (LocalDate day : dates.days()) {
            ResultTable table = rows.getOrDefault(day, DailyDump.empty());
            String file = dump(arguments, day).issue(day, table);
            System.out.printf("%s: %d rows%n", file, table.rows().size());
        }
    }

    private DailyDump dump(DumpArguments arguments, LocalDate day) throws IOException {
        Optional<String> directory = arguments.receipts(day);
        Optional<OutputDirectory> receipts =
                directory.isPresent() ? Optional.of(OutputDirectory.of(directory.get(), getConf())) : Optional.empty();
        return new DailyDump(OutputDirectory.of(arguments.out(day), getConf()), receipts);
    }
}
