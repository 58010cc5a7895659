package com.qcompany.ops;

import com.qcompany.warehouse.command.ExitCode;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Runs the platform's commands in this process, as {@code hadoop jar} would run them, and says how each went. */
final class DemoCommands {

    private static final Set<Integer> DONE = Set.of(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

    private final Configuration conf;
    private final Narration narration;
    private int firstFailure = ExitCode.OK.code();

    DemoCommands(Configuration conf, Narration narration) {
        this.conf = conf;
        this.narration = narration;
    }

    /** Runs {@code q COMMAND…}. */
    void run(String... command) {
        narration.command(command);
        run(words -> com.qcompany.batch.Main.run(conf, words), command);
    }

    /** Runs {@code q generate…}. */
    void runGenerate(String... options) {
        String[] command =
                Stream.concat(Stream.of("generate"), Stream.of(options)).toArray(String[]::new);
        narration.command(command);
        run(words -> com.qcompany.generator.Main.run(conf, words), command);
    }

    /** Runs {@code q events produce…}. */
    void runProduce(String... options) {
        String[] command =
                Stream.concat(Stream.of("produce"), Stream.of(options)).toArray(String[]::new);
        narration.command("events " + String.join(" ", command));
        run(words -> com.qcompany.generator.Main.run(conf, words), command);
    }

    /** Runs {@code q events COMMAND…}, which is not produce. */
    void runEvents(String... command) {
        narration.command("events " + String.join(" ", command));
        run(words -> com.qcompany.stream.Main.run(conf, words), command);
    }

    /** Runs {@code q schedule COMMAND…}. */
    void runSchedule(String... command) {
        narration.command("schedule " + String.join(" ", command));
        run(words -> com.qcompany.ops.schedule.Main.run(conf, words), command);
    }

    private void run(ToIntFunction<String[]> program, String... command) {
        Stopwatch stopwatch = new Stopwatch(narration::say);
        int code = program.applyAsInt(command);
        stopwatch.say(DONE.contains(code) ? "Done" : "Failed with exit code " + code);
        if (!DONE.contains(code)) {
            fail(code);
        }
    }

    /** Notes that something failed. */
    void fail(int code) {
        if (!hasFailed()) {
            firstFailure = code;
        }
    }

    boolean hasFailed() {
        return firstFailure != ExitCode.OK.code();
    }

    /** Exit code of the first failure, or that of {@link ExitCode#OK}. */
    int code() {
        return firstFailure;
    }
}
