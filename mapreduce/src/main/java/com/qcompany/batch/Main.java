package com.qcompany.batch;

import com.qcompany.batch.compact.CompactTool;
import com.qcompany.batch.generate.GenerateTool;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.load.LoadTool;
import com.qcompany.hive.AuditTool;
import com.qcompany.hive.DdlTool;
import com.qcompany.hive.DumpTool;
import com.qcompany.hive.RepairTool;
import com.qcompany.hive.ReportTool;
import com.qcompany.hive.StatsTool;
import com.qcompany.warehouse.ExitCode;
import com.qcompany.warehouse.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.GenericOptionsParser;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands: {@code hadoop jar q-mapreduce.jar COMMAND [-D key=value] [options]}. Exits with an {@link ExitCode};
 * an unknown {@code q.*} key stops every command before it does anything.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final List<Command> COMMANDS = List.of(
            new Command("ddl", "create database, tables and views in Hive", DdlTool::new),
            new Command("ingest", "take group folders into the raw zone", IngestTool::new),
            new Command("load", "load pending groups into the star schema", LoadTool::new),
            new Command("compact", "rewrite partitions of many small files", CompactTool::new),
            new Command("repair", "register in Hive again what is published", RepairTool::new),
            new Command("stats", "refresh the statistics of all tables", StatsTool::new),
            new Command("audit", "check whole tables", AuditTool::new),
            new Command("report", "print reports or write them as CSV", ReportTool::new),
            new Command("dump", "write the B2B file of a day", DumpTool::new),
            new Command("generate", "make groups of the source's shape", GenerateTool::new),
            new Command("config", "print the effective configuration", ConfigTool::new));

    private record Command(String name, String summary, Supplier<Tool> tool) {}

    private Main() {}

    /** Entry point of {@code hadoop jar}; {@code q-site.xml} counts where it is on the class path. */
    public static void main(String[] args) {
        System.exit(run(Settings.configuration(), args));
    }

    /**
     * Runs a command in this process.
     *
     * @param args the command's name, then its options
     * @return an exit code of {@link ExitCode}
     */
    public static int run(Configuration base, String... args) {
        Optional<Command> command = args.length == 0
                ? Optional.empty()
                : COMMANDS.stream()
                        .filter(known -> known.name().equals(args[0]))
                        .findFirst();
        if (command.isEmpty()) {
            usage();
            return ExitCode.USAGE.code();
        }
        Configuration conf = new Configuration(base);
        try {
            String[] options =
                    new GenericOptionsParser(conf, Arrays.copyOfRange(args, 1, args.length)).getRemainingArgs();
            Settings.validate(conf);
            return ToolRunner.run(conf, command.get().tool().get(), options);
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("Cannot run {}", args[0], e);
            return ExitCode.USAGE.code();
        } catch (Exception e) {
            LOG.error("Cannot {}: {}", args[0], e.getMessage(), e);
            return ExitCode.FAILED.code();
        }
    }

    private static void usage() {
        System.err.println("Usage: hadoop jar q-mapreduce.jar COMMAND [-D key=value] [options]");
        COMMANDS.forEach(command -> System.err.printf("  %-9s %s%n", command.name(), command.summary()));
    }
}
