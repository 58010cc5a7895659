package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.CommandLineSyntax;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The syntaxes of the programs that schedules call, by jar and command. */
final class CommandLines {

    private static final Map<String, String> SYNTAXES = Map.ofEntries(
            Map.entry("q-mapreduce.jar ingest", "com.qcompany.batch.ingest.IngestArguments"),
            Map.entry("q-mapreduce.jar load", "com.qcompany.batch.load.LoadTool"),
            Map.entry("q-mapreduce.jar hours", "com.qcompany.batch.ingest.HoursTool"),
            Map.entry("q-mapreduce.jar compact", "com.qcompany.batch.merge.CompactTool"),
            Map.entry("q-mapreduce.jar failure", "com.qcompany.batch.publish.FailureTool"),
            Map.entry("q-mapreduce.jar report", "com.qcompany.pages.ReportArguments"),
            Map.entry("q-mapreduce.jar dump", "com.qcompany.hive.DumpArguments"),
            Map.entry("q-mapreduce.jar stats", "com.qcompany.hive.StatsTool"),
            Map.entry("q-mapreduce.jar repair", "com.qcompany.hive.RepairTool"),
            Map.entry("q-mapreduce.jar audit", "com.qcompany.hive.AuditTool"),
            Map.entry("q-kafka-consumer.jar consume", "com.qcompany.stream.consume.ConsumeTool"),
            Map.entry("q-kafka-consumer.jar compact", "com.qcompany.stream.compact.CompactTool"));

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
        if (holder == null) {
            throw new IllegalArgumentException("Cannot call %s %s".formatted(command, arguments));
        }
        Field syntax = Class.forName(holder).getDeclaredField("SYNTAX");
        syntax.setAccessible(true);
        ((CommandLineSyntax) syntax.get(null)).parseOptions(arguments.toArray(String[]::new));
    }

    static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
