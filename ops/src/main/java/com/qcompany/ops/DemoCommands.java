package com.qcompany.ops;

import com.qcompany.warehouse.command.ExitCode;
import java.util.Arrays;
import java.util.Set;
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

    /** Runs {@code q WORDS…}. */
    void run(String... words) {
        narration.command(words);
        Stopwatch stopwatch = new Stopwatch(narration::say);
        int code = code(words);
        stopwatch.say(DONE.contains(code) ? "Done" : "Failed with exit code " + code);
        if (!DONE.contains(code)) {
            fail(code);
        }
    }

    /** Which program has a command is as {@code q} knows it. */
    private int code(String... words) {
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        return switch (words[0]) {
            case "generate" -> com.qcompany.generator.Main.run(conf, words);
            case "schedule" -> com.qcompany.ops.schedule.Main.run(conf, rest);
            case "events" ->
                rest[0].equals("produce")
                        ? com.qcompany.generator.Main.run(conf, rest)
                        : com.qcompany.stream.Main.run(conf, rest);
            default -> com.qcompany.batch.Main.run(conf, words);
        };
    }

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
