package com.qcompany.generator;

import com.qcompany.generator.events.ProduceTool;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What makes data for tests and the demo, as a program of its own: production jars do not hold it. */
public final class Main {

    private static final Program PROGRAM = new Program(
            "q-generator.jar",
            List.of(
                    new Command("generate", "make groups of the source's shape", GenerateTool::new),
                    new Command("produce", "send events of the app's shapes to a topic", ProduceTool::new)));

    private Main() {}

    /** Entry point of {@code q generate} and {@code q events produce}. */
    public static void main(String[] args) throws IOException {
        PROGRAM.main(args);
    }

    /**
     * Runs a command in this process.
     *
     * @param args the command's name, then its options
     * @return an exit code of {@link com.qcompany.warehouse.command.ExitCode}
     */
    public static int run(Configuration base, String... args) {
        return PROGRAM.run(base, args);
    }
}
