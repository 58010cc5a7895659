package com.qcompany.stream;

import com.qcompany.stream.compact.CompactTool;
import com.qcompany.stream.consume.AuditTool;
import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.stream.consume.OffsetsTool;
import com.qcompany.stream.replay.ReplayTool;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The commands of the app-log stream: {@code q events COMMAND} or {@code hadoop jar q-kafka-consumer.jar COMMAND}. Exits
 * with an {@link com.qcompany.warehouse.command.ExitCode}.
 */
public final class Main {

    private static final Program PROGRAM = new Program(
            "q-kafka-consumer.jar",
            List.of(
                    new Command("consume", "land the topic as hourly Parquet", ConsumeTool::new),
                    new Command("compact", "close hours and merge their files", CompactTool::new),
                    new Command("offsets", "show or set the group's positions", OffsetsTool::new),
                    new Command("audit", "account for every offset that was taken", AuditTool::new),
                    new Command("replay", "send rejected events again", ReplayTool::new)));

    private Main() {}

    /** Entry point; {@code q-site.xml} counts where it is on the class path. */
    public static void main(String[] args) throws IOException {
        PROGRAM.main(args);
    }

    /** Runs a command in this process and returns its exit code. */
    public static int run(Configuration base, String... args) {
        return PROGRAM.run(base, args);
    }
}
