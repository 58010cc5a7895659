package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.CommandLineSyntax;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The syntaxes of the programs that schedules call, by jar and command. */
final class CommandLines {

    private static final Map<String, String> SYNTAXES = Map.of(
            "q-mapreduce.jar ingest", "com.qcompany.batch.ingest.IngestArguments",
            "q-mapreduce.jar load", "com.qcompany.batch.load.LoadTool",
            "q-mapreduce.jar compact", "com.qcompany.batch.compact.CompactTool",
            "q-mapreduce.jar failure", "com.qcompany.batch.publish.FailureTool",
            "q-mapreduce.jar report", "com.qcompany.hive.ReportArguments",
            "q-mapreduce.jar dump", "com.qcompany.hive.DumpArguments",
            "q-kafka-consumer.jar consume", "com.qcompany.stream.consume.ConsumeArguments",
            "q-kafka-consumer.jar compact", "com.qcompany.stream.compact.CompactTool");

    /** Commands that look at their arguments themselves, with what they take. */
    private static final Map<String, List<String>> PLAIN = Map.of(
            "q-mapreduce.jar stats", List.of("--touched"),
            "q-mapreduce.jar repair", List.of(),
            "q-mapreduce.jar audit", List.of());

    private CommandLines() {}

    /**
     * Parses a command line as its program would.
     *
     * @throws IllegalArgumentException if the program would refuse it
     */
    static void parse(String jar, List<String> words) throws ReflectiveOperationException {
        String command = jar + " " + words.get(0);
        List<String> arguments = words.subList(1, words.size());
        String holder = SYNTAXES.get(command);
        if (holder != null) {
            Field syntax = Class.forName(holder).getDeclaredField("SYNTAX");
            syntax.setAccessible(true);
            ((CommandLineSyntax) syntax.get(null)).parseOptions(arguments.toArray(String[]::new));
        } else if (!PLAIN.containsKey(command) || !PLAIN.get(command).containsAll(arguments)) {
            throw new IllegalArgumentException("Cannot call %s %s".formatted(command, arguments));
        }
    }

    static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
