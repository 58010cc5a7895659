package com.qcompany.batch;

import com.qcompany.balance.BalanceTool;
import com.qcompany.batch.contract.ContractTool;
import com.qcompany.batch.contract.SchemaTool;
import com.qcompany.batch.erase.EraseTool;
import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.ingest.HoursTool;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.load.LoadTool;
import com.qcompany.batch.load.RejectsTool;
import com.qcompany.batch.load.RetractTool;
import com.qcompany.batch.merge.CompactTool;
import com.qcompany.batch.monitor.BatchLineage;
import com.qcompany.batch.monitor.MetricsFile;
import com.qcompany.batch.publish.FailureTool;
import com.qcompany.batch.publish.SalesTool;
import com.qcompany.batch.quality.QualityTool;
import com.qcompany.batch.rebuild.RebuildTool;
import com.qcompany.hive.DdlTool;
import com.qcompany.hive.DumpTool;
import com.qcompany.hive.RepairTool;
import com.qcompany.hive.StatsTool;
import com.qcompany.pages.DocsTool;
import com.qcompany.pages.ReportTool;
import com.qcompany.pages.UiTool;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The commands: {@code hadoop jar q-mapreduce.jar COMMAND [-D key=value] [options]}. Exits with an {@link com.qcompany.warehouse.command.ExitCode};
 * an unknown {@code q.*} key stops every command before it does anything.
 */
public final class Main {

    private static final Program PROGRAM = new Program(
            "q-mapreduce.jar",
            List.of(
                    new Command("ddl", "create database, tables and views in Hive", DdlTool::new),
                    new Command("ingest", "copy group folders into the raw zone", IngestTool::new),
                    new Command("load", "load pending groups into the star schema", LoadTool::new),
                    new Command("hours", "say which hours of a day are not loaded", HoursTool::new),
                    new Command("compact", "merge the deltas of sales into the base", CompactTool::new),
                    new Command("repair", "register in Hive again what is published", RepairTool::new),
                    new Command("stats", "refresh the statistics of all tables", StatsTool::new),
                    new Command(
                            "audit",
                            "check whole tables and balance them with the raw files",
                            () -> new BalanceTool(Launcher::packageJob)),
                    new Command("contract", "look at contracts of feeds, try files against them", ContractTool::new),
                    new Command("schema", "print how headers differ from contracts, by hour", SchemaTool::new),
                    new Command("rejects", "list rejected rows by rule and hour", RejectsTool::new),
                    new Command("quality", "print metrics of an hour's files and what is expected", QualityTool::new),
                    new Command("retract", "take a loaded group back", RetractTool::retract),
                    new Command("restore", "load a group again that was taken back", RetractTool::restore),
                    new Command("erase", "take out of every file who a customer is", EraseTool::new),
                    new Command("rebuild", "load hours again beside the live tables and compare", RebuildTool::new),
                    new Command(
                            "report",
                            "print reports or write them as CSV, a workbook or pages",
                            () -> new ReportTool(Contracts::effective, BatchLineage::reported)),
                    new Command(
                            "ui", "serve the pages to this machine's browsers", () -> new UiTool(Contracts::effective)),
                    new Command(
                            "docs",
                            "write pages on tables, contracts, lineage and reports",
                            () -> new DocsTool(Contracts::effective)),
                    new Command("dump", "write the B2B file of a day", DumpTool::new),
                    new Command("sales", "make a view of the sales as of a publish", SalesTool::new),
                    new Command("failure", "record in load_runs that a scheduled step failed", FailureTool::new),
                    new Command("config", "print the effective configuration", ConfigTool::new)),
            MetricsFile::ended);

    private Main() {}

    /** Entry point of {@code hadoop jar}; {@code q-site.xml} counts where it is on the class path. */
    public static void main(String[] args) throws IOException {
        PROGRAM.main(args);
    }

    /** Runs a command in this process. */
    public static int run(Configuration base, String... args) {
        return PROGRAM.run(base, args);
    }
}
