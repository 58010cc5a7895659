package com.qcompany.batch.quality;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.feed.Contracts;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code quality}: prints what was measured of an hour's files, and what is expected of it; of the last measured hour where
 * none is given. Reads the published state and changes nothing. {@link ExitCode#NOTHING_TO_DO} where nothing was measured.
 */
public final class QualityTool extends Configured implements Tool {
    private static final Option HOUR = valued("hour", "uuuu-MM-dd-HH", "source hour, UTC; default the last measured");
    private static final Option FEED = valued("feed", "NAME", "only files of this feed");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("quality", new Options().addOption(HOUR).addOption(FEED));
    private static final int DATE_LENGTH = "uuuu-MM-dd".length();

    private static final Table PRINTED =
            StarSchema.QUALITY_METRICS.project(StarSchema.QUALITY_METRICS.columns().stream()
                    .map(column -> column.name())
                    .filter(name -> !name.equals("sketch"))
                    .toList());

    private static final Comparator<Row> ORDER = Comparator.comparing((Row row) -> row.text("source_group"))
            .thenComparing(row -> row.text("run_id"))
            .thenComparing(row -> row.text("feed"))
            .thenComparing(row -> row.text("column_name"))
            .thenComparing(row -> row.text("metric"));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        String hour = line.hasOption(HOUR) ? SourceGroup.checkedHour(line.getOptionValue(HOUR)) : "";
        String feed = line.hasOption(FEED)
                ? Contracts.of(getConf()).feed(line.getOptionValue(FEED)).name()
                : "";
        List<Row> rows = rows(hour);
        rows.removeIf(row -> !feed.isEmpty() && !row.text("feed").equals(feed));
        if (rows.isEmpty()) {
            System.out.println("Nothing was measured.");
            return ExitCode.NOTHING_TO_DO.code();
        }
        rows.sort(ORDER);
        print(rows);
        return ExitCode.OK.code();
    }

    /** The metrics of an hour, or of the last one. */
    private List<Row> rows(String hour) throws IOException {
        Layout layout = Layout.of(getConf());
        Snapshot snapshot = Snapshots.latest(layout.root().getFileSystem(getConf()), layout);
        SortedMap<String, Snapshot.Version> dates = snapshot.partitionsOf(PRINTED);
        List<Row> rows = new ArrayList<>();
        if (!hour.isEmpty() || !dates.isEmpty()) {
            String date = hour.isEmpty() ? dates.lastKey() : hour.substring(0, DATE_LENGTH);
            DataFile.forEachRow(DataFile.of(snapshot, layout, PRINTED, date), getConf(), rows::add);
        }
        LocalDateTime wanted = hour.isEmpty()
                ? rows.stream()
                        .map(QualityTool::hour)
                        .max(Comparator.naturalOrder())
                        .orElse(LocalDateTime.MIN)
                : SourceGroup.parseHour(hour);
        rows.removeIf(row -> !hour(row).equals(wanted));
        return rows;
    }

    private static LocalDateTime hour(Row row) {
        return row.require("source_hour", LocalDateTime.class);
    }

    private static void print(List<Row> rows) {
        String title = "";
        for (Row row : rows) {
            String of = "%s, %s, measured by %s%s"
                    .formatted(
                            row.text("source_group"),
                            row.text("feed"),
                            row.text("run_id"),
                            row.require("group_refused", Boolean.class) ? ", refused" : "");
            if (!of.equals(title)) {
                System.out.printf("%s%s%n", title.isEmpty() ? "" : System.lineSeparator(), of);
                title = of;
            }
            String value = row.get("metric_text") == null
                    ? Judgement.plain((BigDecimal) row.get("metric_value"))
                    : row.text("metric_text");
            String line = "  %-20s %-16s %18s  %s"
                    .formatted(row.text("column_name"), row.text("metric"), value, Judgement.words(row));
            System.out.println(line.stripTrailing());
        }
    }
}
