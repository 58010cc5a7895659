package com.qcompany.pages;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Reads what the pages show: by one session on HiveServer2, and from the published state. */
final class SiteReader implements Sites.Reader {

    private static final int ATTEMPTS = 3;
    private static final Report BY_DAY = Report.named("sales_by_day");

    private final Configuration conf;
    private final Warehouse warehouse;

    SiteReader(Configuration conf) throws IOException {
        this.conf = conf;
        this.warehouse = Warehouse.of(conf);
    }

    @Override
    public String state() throws IOException {
        FileStatus[] closings =
                warehouse.fs().globStatus(new Path(warehouse.layout().root(), "stream/closings"));
        return Snapshots.latest(warehouse.fs(), warehouse.layout()).sequence()
                + Arrays.stream(closings)
                        .map(directory -> "/" + directory.getModificationTime())
                        .collect(Collectors.joining());
    }

    /**
     * All reports of a period, and what is beside them.
     *
     * @throws IOException if HiveServer2 or the file system does not answer, or publishes left no time to read one state
     */
    @Override
    public SiteContent read(DateRange period) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Snapshot snapshot = Snapshots.latest(warehouse.fs(), warehouse.layout());
            SiteContent content = read(period, snapshot);
            if (Snapshots.isSettled(warehouse.fs(), warehouse.layout(), snapshot)) {
                return content;
            }
        }
        throw new IOException("Cannot read one state: something was published during each of %d attempts (run it again)"
                .formatted(ATTEMPTS));
    }

    private SiteContent read(DateRange period, Snapshot snapshot) throws IOException {
        Map<Report, ResultTable> results = new HashMap<>();
        DateRange both = new DateRange(period.before().orElse(period).from(), period.to());
        ResultTable days;
        try (HiveSession session = HiveSession.open(conf)) {
            for (Report report : Report.about(Subject.OPERATIONS)) {
                results.put(report, run(session, report, DateRange.ALWAYS));
            }
            Subject.SALES.freeze(session, warehouse.database(), both);
            Subject.EVENTS.freeze(session, warehouse.database(), period);
            days = run(session, BY_DAY, both);
            for (Report report : Report.about(Subject.SALES, Subject.EVENTS)) {
                results.put(
                        report,
                        report.equals(BY_DAY)
                                ? days.where("transaction_date", day -> period.contains(LocalDate.parse(day)))
                                : run(session, report, period));
            }
        }
        ResultTable daysBefore = days.where("transaction_date", day -> !period.contains(LocalDate.parse(day)));
        TableFiles files = new TableFiles(warehouse, snapshot);
        AppLog appLog = AppLog.read(warehouse, conf, files.openHours());
        return new SiteContent(period, results, daysBefore, files.list(), appLog, published(snapshot));
    }

    private ResultTable run(HiveSession session, Report report, DateRange dates) throws IOException {
        return report.run(session, warehouse.database(), dates, Integer.MAX_VALUE);
    }

    private String published(Snapshot snapshot) throws IOException {
        if (snapshot.sequence() == 0) {
            return "before the first publish";
        }
        long millis = warehouse
                .fs()
                .getFileStatus(warehouse.layout().snapshots().file(snapshot.sequence()))
                .getModificationTime();
        return "publish %d of %s UTC"
                .formatted(
                        snapshot.sequence(),
                        Instant.ofEpochMilli(millis)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace('T', ' ')
                                .replace("Z", ""));
    }
}
