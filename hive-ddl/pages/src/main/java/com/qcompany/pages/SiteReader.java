package com.qcompany.pages;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads what the pages show: by a session a subject on HiveServer2, and from the published state. */
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
        Path closings = warehouse.layout().closedHours().getParent();
        long sequence = Snapshots.latest(warehouse.fs(), warehouse.layout()).sequence();
        return warehouse.fs().exists(closings)
                ? sequence + "/" + warehouse.fs().getFileStatus(closings).getModificationTime()
                : Long.toString(sequence);
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
        DateRange both = new DateRange(period.before().orElse(period).from(), period.to());
        Map<Report, ResultTable> results = new ConcurrentHashMap<>();
        List<Subject> subjects = List.of(Subject.values());
        new ParallelTasks(subjects.size()).forEach(subjects, subject -> read(subject, period, both, results));
        ResultTable days = Objects.requireNonNull(results.get(BY_DAY));
        results.put(BY_DAY, days.where("transaction_date", day -> period.contains(LocalDate.parse(day))));
        ResultTable daysBefore = days.where("transaction_date", day -> !period.contains(LocalDate.parse(day)));
        TableFiles files = new TableFiles(warehouse, snapshot);
        AppLog appLog = AppLog.read(warehouse, conf, files.openHours());
        return new SiteContent(period, results, daysBefore, files.list(), appLog, published(snapshot));
    }

    /** The reports about a subject; the sales by day are those of both periods. */
    private void read(Subject subject, DateRange period, DateRange both, Map<Report, ResultTable> results)
            throws IOException {
        try (HiveSession session = HiveSession.open(conf)) {
            subject.freeze(session, warehouse.database(), subject == Subject.SALES ? both : period);
            for (Report report : Report.about(subject)) {
                DateRange dates =
                        subject == Subject.OPERATIONS ? DateRange.ALWAYS : report.equals(BY_DAY) ? both : period;
                results.put(report, report.run(session, warehouse.database(), dates, Integer.MAX_VALUE));
            }
        }
    }

    private String published(Snapshot snapshot) throws IOException {
        if (snapshot.sequence() == 0) {
            return "before the first publish";
        }
        long millis = warehouse
                .fs()
                .getFileStatus(warehouse.layout().snapshots().file(snapshot.sequence()))
                .getModificationTime();
        return "publish %d of %s UTC".formatted(snapshot.sequence(), AppLog.time(millis));
    }
}
