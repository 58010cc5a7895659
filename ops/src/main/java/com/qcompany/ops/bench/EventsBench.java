package com.qcompany.ops.bench;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;
import static com.qcompany.warehouse.command.CommandLineSyntax.wholeNumber;

import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code q bench events [--count N]}: what it costs to land a topic of eight hours and close them, by one program and by
 * one after the other, as a scheduler starts them.
 *
 * <p>Runs on the running stack, in a topic, warehouses and databases of its own, which it removes.
 */
public final class EventsBench {

    private static final int ROUNDS = 3;
    private static final String NEVER = "2000000000";

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q bench events", new Options().addOption(valued("count", "N", "events of the topic (default 2000000)")));

    private EventsBench() {}

    /** Runs the benchmark; the first argument is the command to run, {@code bin/q}. */
    public static void main(String[] args) throws Exception {
        BenchPrograms.run(SYNTAX, args, (options, programs) -> {
            long count = wholeNumber(options, "count", 2_000_000);
            ProgramCost.printHeader();
            run(programs, count);
        });
    }

    private static void run(BenchPrograms programs, long count) throws Exception {
        String topic = "q_bench_%d".formatted(ProcessHandle.current().pid());
        programs.command(Stream.of("events produce --rate 0 --seed 1 --hours 8 --partitions 4 --count %d --topic %s"
                .formatted(count, topic)
                .split(" ")));
        List<ProgramCost> together = new ArrayList<>();
        List<ProgramCost> landings = new ArrayList<>();
        List<ProgramCost> closings = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String warehouse = programs.newWarehouse("events_" + round);
            together.add(events(programs, warehouse, topic, "consume", "--until-caught-up"));
            programs.drop(warehouse);
            String open = programs.newWarehouse("open_" + round);
            landings.add(events(programs, open, topic, "consume", "--until-caught-up", grace(NEVER)));
            closings.add(events(programs, open, topic, "compact", grace("0"), StreamSettings.IDLE.key() + "=0"));
            programs.drop(open);
        }
        removeTopic(topic);
        ProgramCost.mean(together).print("landing and closing of %,d events".formatted(count));
        ProgramCost.mean(landings).print("landing alone");
        ProgramCost.mean(closings).print("closing alone");
    }

    private static String grace(String seconds) {
        return StreamSettings.GRACE.key() + "=" + seconds;
    }

    /** A command on a topic, with a group of the warehouse's name; arguments that are no option are settings. */
    private static ProgramCost events(
            BenchPrograms programs, String warehouse, String topic, String command, String... args)
            throws IOException, InterruptedException {
        Stream<String> settings =
                Stream.of(StreamSettings.TOPIC.key() + "=" + topic, StreamSettings.GROUP.key() + "=" + warehouse);
        return programs.command(
                warehouse,
                "events " + command,
                Stream.concat(settings, Stream.of(args))
                        .flatMap(word -> word.startsWith("--") ? Stream.of(word) : Stream.of("-D", word))
                        .toArray(String[]::new));
    }

    private static void removeTopic(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(KafkaClients.common(Settings.configuration()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }
}
