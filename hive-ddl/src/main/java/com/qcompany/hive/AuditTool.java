package com.qcompany.hive;

import com.qcompany.hive.Audit.Finding;
import com.qcompany.hive.ResultTable.Column;
import com.qcompany.warehouse.ExitCode;
import com.qcompany.warehouse.Snapshots;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code audit}: checks whole tables over HiveServer2 and prints what it found; {@link ExitCode#CHECKS_FAILED} if
 * anything is wrong. It changes nothing. A publish meanwhile can make the counts differ; then it is run again.
 */
public final class AuditTool extends Configured implements Tool {

    private static final int EXAMPLES = 10;
    private static final List<Column> COLUMNS = List.of(
            new Column("table", false),
            new Column("check", false),
            new Column("violations", true),
            new Column("outcome", false),
            new Column("detail", false));

    @Override
    public int run(String[] args) throws IOException {
        if (args.length > 0) {
            System.err.println("Usage: audit (takes no arguments)");
            return ExitCode.USAGE.code();
        }
        Warehouse warehouse = Warehouse.of(getConf());
        List<Finding> findings;
        try (HiveSession session = HiveSession.open(getConf())) {
            findings = new Audit(session, warehouse.database(), EXAMPLES)
                    .run(Snapshots.latest(warehouse.fs(), warehouse.layout()));
        }
        System.out.print(AlignedText.of(
                new ResultTable(COLUMNS, findings.stream().map(AuditTool::row).toList())));
        boolean right = findings.stream().allMatch(finding -> finding.violations() == 0);
        return (right ? ExitCode.OK : ExitCode.CHECKS_FAILED).code();
    }

    private static List<String> row(Finding finding) {
        return List.of(
                finding.table(),
                finding.check(),
                Long.toString(finding.violations()),
                finding.violations() == 0 ? "ok" : "WRONG",
                finding.detail());
    }
}
