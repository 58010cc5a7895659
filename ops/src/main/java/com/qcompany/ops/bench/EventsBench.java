package com.qcompany.ops.bench;

import com.qcompany.stream.Main;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code q bench events [--count N]}: landing a topic against the single-thread limit, landing 24 hours at once with four
 * threads, and compaction against a plain copy of the same files, of a large hour too.
 *
 * <p>Runs on the running stack, in topics and root directories of its own, which it removes. Figures are of this process;
 * broker and HDFS run in another.
 */
public final class EventsBench {

    private static final int WARM_UP_ROUNDS = 2;
    private static final int ROUNDS = 3;
    private static final int OPEN_HOURS = 24;
    private static final long LARGE_HOUR_BYTES = 128L << 20;

    private static final String NEVER = "2000000000";

    private final Configuration base;
    private final int count;
    private int runs;

    private EventsBench(Configuration base, int count) {
        this.base = base;
        this.count = count;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws Exception {
        if (args.length != 0 && (args.length != 2 || !args[0].equals("--count"))) {
            System.err.println("Usage: q bench events [--count N]");
            System.exit(ExitCode.USAGE.code());
        }
        EventsBench bench =
                new EventsBench(Settings.configuration(), args.length == 0 ? 1_000_000 : Integer.parseInt(args[1]));
        for (String codec : List.of("none", "zstd")) {
            bench.throughput(codec);
        }
        bench.openHours();
        bench.compaction(0);
        bench.compaction(LARGE_HOUR_BYTES);
    }

    private void throughput(String codec) throws Exception {
        Configuration topic = produce(codec, 1, count);
        List<Measurement> limits = new ArrayList<>();
        List<Measurement> landings = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            Configuration conf = newGroup(topic);
            Path file = new Path(Layout.of(conf).root(), "limit.parquet");
            limits.add(Measurement.of(() -> new EventsLimit(conf).run(StreamSettings.TOPIC.get(conf), file)));
            landings.add(Measurement.of(() -> events(conf, "consume", "--until-caught-up")));
            removeFiles(conf);
        }
        removeTopic(topic);
        Measurement limit = median(limits);
        Measurement landing = median(landings);
        limit.print("limit, one thread, topic " + codec, count, "events");
        landing.print("consume, 2 threads, topic " + codec, count, "events");
        System.out.printf(
                Locale.ROOT,
                "Landing takes %.2f of the limit's events a CPU second; %,.0f events/s a core%n",
                limit.cpuSeconds() / landing.cpuSeconds(),
                count / landing.cpuSeconds());
    }

    private void openHours() throws Exception {
        Configuration topic = produceInterleaved();
        Configuration conf = newGroup(topic);
        conf.setInt(StreamSettings.THREADS.key(), 4);
        Measurement landing = Measurement.of(() -> events(conf, "consume", "--until-caught-up"));
        removeFiles(conf);
        removeTopic(topic);
        landing.print("consume, 4 threads, 24 open hours", count, "events");
        System.out.printf("Heap: at most %d MB of it%n", Runtime.getRuntime().maxMemory() >> 20);
    }

    /** @param leastBytes of the hour; a smaller one is made larger by copies of its files */
    private void compaction(long leastBytes) throws Exception {
        Configuration topic = produce("zstd", 1, count);
        List<Measurement> compactions = new ArrayList<>();
        List<Measurement> copies = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        for (int round = 0; round < 1 + ROUNDS; round++) {
            Configuration conf = newGroup(topic);
            conf.set(StreamSettings.ROLL_SIZE.key(), Integer.toString(4 << 20));
            events(conf, "consume", "--until-caught-up");
            Layout layout = Layout.of(conf);
            Path landed = new Path(layout.root(), "stream/open");
            FileSystem fs = landed.getFileSystem(conf);
            rows = count * repeat(fs, landed, leastBytes);
            bytes = fs.getContentSummary(landed).getLength();
            Path copy = new Path(layout.root(), "copy");
            copies.add(Measurement.of(() -> FileUtil.copy(fs, landed, fs, copy, false, conf)));
            conf.set(StreamSettings.GRACE.key(), "0");
            conf.set(StreamSettings.IDLE.key(), "0");
            compactions.add(Measurement.of(() -> events(conf, "compact")));
            removeFiles(conf);
        }
        removeTopic(topic);
        Measurement compaction = median(compactions);
        Measurement copy = median(copies);
        compaction.print("compaction", rows, "events");
        copy.print("plain copy of its files", rows, "events");
        System.out.printf(
                Locale.ROOT,
                "Compaction of %d MB runs at %.3f of a plain copy's speed; %,.0f rows a CPU second%n",
                bytes >> 20,
                copy.wallSeconds() / compaction.wallSeconds(),
                rows / compaction.cpuSeconds());
    }

    /** Copies every file below a directory beside itself until all have so many bytes; returns how often each is there. */
    private static long repeat(FileSystem fs, Path directory, long leastBytes) throws IOException {
        List<LocatedFileStatus> files = RemoteIterators.toList(fs.listFiles(directory, true));
        long bytes = fs.getContentSummary(directory).getLength();
        long times = Math.max(1, (leastBytes + bytes - 1) / bytes);
        for (int copy = 1; copy < times; copy++) {
            for (LocatedFileStatus status : files) {
                Path file = status.getPath();
                Path target = new Path(file.getParent(), "copy-%d-%s".formatted(copy, file.getName()));
                FileUtil.copy(fs, file, fs, target, false, fs.getConf());
            }
        }
        return times;
    }

    private Configuration produce(String codec, int hours, int events) throws IOException {
        Configuration conf = newTopic();
        produce(conf, "--count %d --seed 1 --hours %d --compression %s".formatted(events, hours, codec));
        return conf;
    }

    /** Slices of every hour in turn, so that all hours are open at once. */
    private Configuration produceInterleaved() throws IOException {
        Configuration conf = newTopic();
        int slices = 4;
        for (int slice = 0; slice < slices; slice++) {
            for (int hour = 0; hour < OPEN_HOURS; hour++) {
                produce(
                        conf,
                        "--count %d --seed %d --start 2024-07-04-%02d --hours 1"
                                .formatted(count / slices / OPEN_HOURS, slice, hour));
            }
        }
        return conf;
    }

    private static void produce(Configuration conf, String options) throws IOException {
        String[] command = ("produce --rate 0 --partitions 4 " + options).split(" ");
        require(com.qcompany.generator.Main.run(conf, command), command);
    }

    private static void events(Configuration conf, String... command) throws IOException {
        require(Main.run(conf, command), command);
    }

    private static void require(int code, String... command) throws IOException {
        if (code != ExitCode.OK.code()) {
            throw new IOException("Cannot run %s: exit code %d".formatted(String.join(" ", command), code));
        }
    }

    private Configuration newTopic() {
        Configuration conf = new Configuration(base);
        conf.set(
                StreamSettings.TOPIC.key(),
                "q_bench_%d_%d".formatted(ProcessHandle.current().pid(), runs++));
        return conf;
    }

    /** A group and a root directory of its own, in which no hour closes by itself. */
    private Configuration newGroup(Configuration topic) {
        Configuration conf = new Configuration(topic);
        String name = "q_bench_%d_%d".formatted(ProcessHandle.current().pid(), runs++);
        conf.set(StreamSettings.GROUP.key(), name);
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.unset(Settings.HIVE_URL.key());
        conf.set(StreamSettings.GRACE.key(), NEVER);
        return conf;
    }

    private static void removeFiles(Configuration conf) throws IOException {
        Path root = Layout.of(conf).root();
        root.getFileSystem(conf).delete(root, true);
    }

    private static void removeTopic(Configuration conf) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(KafkaClients.common(conf))) {
            admin.deleteTopics(List.of(StreamSettings.TOPIC.get(conf))).all().get();
        }
    }

    /** The one in the middle, by processor time, of the rounds after those that warm up. */
    private static Measurement median(List<Measurement> measurements) {
        return measurements.subList(measurements.size() - ROUNDS, measurements.size()).stream()
                .sorted(Comparator.comparing(Measurement::cpu))
                .toList()
                .get(ROUNDS / 2);
    }
}
