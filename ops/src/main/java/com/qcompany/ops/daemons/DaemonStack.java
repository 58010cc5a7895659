package com.qcompany.ops.daemons;

import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.Endpoint;
import com.qcompany.ops.PortBlock;
import com.qcompany.ops.Ports;
import com.qcompany.ops.StackKind;
import com.qcompany.ops.StackOptions;
import com.qcompany.ops.StackSettings;
import com.qcompany.ops.Stopwatch;
import com.qcompany.warehouse.state.ParallelTasks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * All servers of the platform on this machine, each in a process of its own that outlives the program that started it.
 *
 * <p>What is written survives: after any of them, or all, were stopped or killed, a start finds the same files, tables,
 * topics and jobs at the same addresses.
 */
public final class DaemonStack {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final DataDirectory data;
    private final StackOptions options;

    DaemonStack(StackOptions options) {
        this.data = new DataDirectory(options.dataDirectory());
        this.options = options;
    }

    /** The stack of a data directory, its jobs on YARN; Oozie mails through {@code Q_SMTP}, HOST:PORT. */
    public static DaemonStack in(Path directory) {
        return new DaemonStack(StackOptions.in(directory).withOozie().withJobsOnYarn());
    }

    /**
     * Starts one daemon, unless it runs, and waits until it can be used.
     *
     * @param title its name, as in {@code HiveServer2}
     */
    public void up(String title, Consumer<String> progress) throws IOException, InterruptedException {
        up(Set.of(Service.parse(title)), progress);
    }

    /** Kills a daemon as signal 9 does, for tests of its absence; returns when it is gone. */
    public void kill(String title) throws IOException {
        ProcessHandle victim = process(Service.parse(title))
                .running()
                .orElseThrow(() -> new IOException("Cannot kill %s: it does not run".formatted(title)));
        victim.destroyForcibly();
        victim.onExit().join();
    }

    /** What {@code q status} shows. */
    public String statusTable() throws IOException {
        return ServiceStatus.table(status());
    }

    /**
     * Starts those that do not run, each when what it needs answers, and waits until all can be used.
     *
     * @param wanted what is to run; what it needs besides is taken to run
     * @param progress is given a sentence for every server that came up, from several threads
     * @throws IOException when some do not start, naming their logs; the others run, and a repeated start tries the
     *     rest
     */
    void up(Set<Service> wanted, Consumer<String> progress) throws IOException, InterruptedException {
        data.create();
        Files.createDirectories(data.daemons().resolve("pids"));
        try (FileChannel lock = data.lock();
                PortBlock block = PortBlock.reserve()) {
            data.claim(StackKind.DAEMONS);
            StackSettings settings = settings(anyRuns() ? Ports.read(data.ports()) : Ports.choose(data.ports(), block));
            DaemonPlan plan = DaemonPlan.of(settings);
            plan.writeConfiguration();
            Stopwatch stopwatch = new Stopwatch(progress);
            Set<Service> started = EnumSet.copyOf(wanted);
            started.retainAll(services());
            if (started.isEmpty()) {
                throw new IllegalArgumentException("Cannot start %s in %s: that stack has none (expected one of %s)"
                        .formatted(wanted, data.root(), services()));
            }
            StartOrder.run(started, service -> {
                process(service).startUnlessRunning(plan.daemon(service), settings.ports());
                stopwatch.say("%s is up at %s"
                        .formatted(service.title(), settings.ports().address(service.endpoint())));
            });
            settings.writeServices(further(settings.ports()));
        }
    }

    /**
     * Stops those that run, one after another, the last started first; the data stays.
     *
     * @return how many ran
     */
    int down(Set<Service> unwanted, Consumer<String> progress) throws Exception {
        try (FileChannel lock = data.lock()) {
            DaemonPlan plan = DaemonPlan.of(settings(Ports.read(data.ports())));
            List<Service> lastFirst = new ArrayList<>(List.of(Service.values()));
            Collections.reverse(lastFirst);
            lastFirst.retainAll(unwanted);
            Stopwatch stopwatch = new Stopwatch(progress);
            int stopped = 0;
            for (Service service : lastFirst) {
                Optional<DaemonProcess.Ending> ending =
                        process(service).stop(plan.daemon(service).stop(), STOP_PATIENCE);
                if (ending.isPresent()) {
                    stopped++;
                    stopwatch.say(
                            ending.get() == DaemonProcess.Ending.STOPPED
                                    ? "%s has stopped".formatted(service.title())
                                    : "%s did not stop and was killed".formatted(service.title()));
                }
            }
            if (!anyRuns()) {
                Files.deleteIfExists(data.services());
            }
            return stopped;
        }
    }

    /** What each is and does now, in the order of starting. */
    List<ServiceStatus> status() throws IOException {
        Ports ports = Ports.read(data.ports());
        DaemonPlan plan = DaemonPlan.of(settings(ports));
        Map<Service, ServiceStatus> all = new ConcurrentSkipListMap<>();
        List<Service> services = List.copyOf(services());
        new ParallelTasks(services.size())
                .forEach(
                        services,
                        service -> all.put(service, ServiceStatus.of(process(service), plan.daemon(service), ports)));
        return List.copyOf(all.values());
    }

    /** What the stack consists of. */
    private Set<Service> services() {
        return data.isSecured() ? EnumSet.allOf(Service.class) : EnumSet.complementOf(EnumSet.of(Service.KERBEROS));
    }

    Path directory() {
        return data.root();
    }

    /** Whether one of them runs. */
    boolean anyRuns() throws IOException {
        for (Service service : Service.values()) {
            if (process(service).running().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The process of a service, which need not run. */
    DaemonProcess process(Service service) {
        Path pidFile = data.daemons().resolve("pids").resolve(service.label() + ".pid");
        return new DaemonProcess(new PidFile(pidFile), data.logs().resolve(service.label() + ".log"), data.temporary());
    }

    private StackSettings settings(Ports ports) {
        return new StackSettings(options, data, ports);
    }

    /** What an embedded stack lacks, for {@code services.tsv}. */
    private static List<String> further(Ports ports) {
        List<String> lines = new ArrayList<>();
        for (Service service : List.of(Service.POSTGRESQL, Service.DATA_NODE, Service.METASTORE)) {
            lines.add(service.title() + "\t" + ports.address(service.endpoint()));
        }
        lines.add("JobHistoryServer web\t" + ports.address(Endpoint.HISTORY_WEB));
        return lines;
    }
}
