package com.qcompany.hive;

import com.qcompany.hive.ResultTable.Column;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;

/**
 * {@code audit}: checks the published files, and whole tables over HiveServer2, and prints what it found;
 * {@link ExitCode#CHECKS_FAILED} if anything is wrong. It changes nothing and takes no lease, so that loads need not wait for it. Its queries see different
 * states where something is published meanwhile; what is then found wrong is checked again, up to
 * {@value #ATTEMPTS} times in all. Where each of them met a publish it ends with {@link ExitCode#FAILED}, and is to be
 * run again.
 */
public final class AuditTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("audit", new Options());

    static final int ATTEMPTS = 3;

    private static final List<Column> COLUMNS = List.of(
            new Column("table", false),
            new Column("check", false),
            new Column("violations", true),
            new Column("outcome", false),
            new Column("detail", false));

    @Override
    public int run(String[] args) throws IOException {
        SYNTAX.parseOptions(args);
        Warehouse warehouse = Warehouse.of(getConf());
        try (HiveSession session = HiveSession.open(getConf())) {
            Audit audit = new Audit(session, warehouse.database());
            FileAudit files = new FileAudit(warehouse, getConf());
            return run(warehouse, state -> {
                        List<Finding> findings = Stream.of(files.check(state), audit.run(state))
                                .flatMap(List::stream)
                                .toList();
                        Program.explain(getConf(), sentence(findings));
                        return findings;
                    })
                    .code();
        }
    }

    static ExitCode run(Warehouse warehouse, FunctionRaisingIOE<Snapshot, List<Finding>> checks) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Snapshot state = Snapshots.latest(warehouse.fs(), warehouse.layout());
            List<Finding> findings = checks.apply(state);
            System.out.print(AlignedText.of(new ResultTable(
                    COLUMNS, findings.stream().map(AuditTool::row).toList())));
            if (findings.stream().allMatch(finding -> finding.violations() == 0)) {
                return ExitCode.OK;
            }
            if (Snapshots.isSettled(warehouse.fs(), warehouse.layout(), state)) {
                return ExitCode.CHECKS_FAILED;
            }
            System.out.printf("Publish %d was made meanwhile: the above may be no fault.%n", state.sequence() + 1);
        }
        System.err.printf(
                "Cannot tell whether what is published is right: each of %d audits met a publish (run it again; the"
                        + " next load completes a publish that was cut short)%n",
                ATTEMPTS);
        return ExitCode.FAILED;
    }

    private static String sentence(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.violations() > 0)
                .map(finding -> "%s: %s does not hold, %d times"
                        .formatted(finding.table(), finding.check(), finding.violations()))
                .collect(Collectors.joining("; "));
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
