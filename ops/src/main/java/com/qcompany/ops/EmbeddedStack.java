package com.qcompany.ops;

import com.qcompany.ops.daemons.OozieServer;
import com.qcompany.ops.daemons.Service;
import com.qcompany.ops.daemons.StartOrder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.jspecify.annotations.Nullable;

/**
 * HDFS, a Kafka broker and HiveServer2 on Derby, and as asked YARN with the job history, all in this process and on the
 * loopback address; Oozie, if asked for, in a child process of its own.
 *
 * <p>Starting takes about 10 s. What is written survives: a later start with the same data directory finds the same
 * files and tables at the same addresses. One at a time in a process, for Hive keeps its configuration in statics.
 */
public final class EmbeddedStack implements Closeable {

    private final DataDirectory data;
    private final StackSettings settings;
    private final Configuration conf;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private @Nullable MiniDFSCluster hdfs;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable OozieServer oozie;

    EmbeddedStack(DataDirectory data, StackSettings settings, Configuration conf, AutoCloseable... held) {
        this.data = data;
        this.settings = settings;
        this.conf = conf;
        running.addAll(List.of(held));
    }

    /**
     * Starts a stack and waits until all of it can be used.
     *
     * @param progress is given a sentence for every server that came up, from several threads
     * @throws IOException when a server does not start or another stack runs in the directory; nothing is left running
     */
    public static EmbeddedStack start(StackOptions options, Consumer<String> progress)
            throws IOException, InterruptedException {
        Configuration.addDefaultResource("com/qcompany/ops/embedded-site.xml");
        DataDirectory data = new DataDirectory(options.dataDirectory());
        data.create();
        FileChannel lock = data.lock();
        PortBlock block = PortBlock.reserve();
        EmbeddedStack stack = null;
        try {
            data.claim(StackKind.EMBEDDED);
            StackSettings settings = new StackSettings(options, data, Ports.choose(data.ports(), block));
            SiteFiles siteFiles = settings.siteFiles();
            stack = new EmbeddedStack(data, settings, siteFiles.writeClient(), block, lock);
            stack.startServers(siteFiles, new Stopwatch(progress));
            return stack;
        } catch (IOException | InterruptedException | RuntimeException e) {
            IOUtils.close(stack, block, lock);
            throw e;
        }
    }

    /**
     * Each when what it needs is up. The metastore is the making of its database, the DataNode stands for all of HDFS, and
     * the job history for all of YARN.
     */
    private void startServers(SiteFiles siteFiles, Stopwatch stopwatch) throws IOException, InterruptedException {
        DefaultMetricsSystem.setMiniClusterMode(true); // several daemons register the same metrics in this process
        StackOptions options = settings.options();
        Ports ports = settings.ports();
        MetastoreDatabase metastore = new MetastoreDatabase(data.metastore());
        Set<Service> wanted = EnumSet.of(Service.METASTORE, Service.KAFKA, Service.DATA_NODE, Service.HIVE_SERVER);
        if (options.yarn()) {
            wanted.add(Service.JOB_HISTORY);
        }
        if (options.oozie()) {
            wanted.add(Service.OOZIE);
        }
        StartOrder.run(wanted, service -> {
            switch (service) {
                case METASTORE -> metastore.createIfAbsent();
                case KAFKA -> {
                    kafka = run(EmbeddedKafka.start(
                            data.kafka(), ports.of(Endpoint.KAFKA), ports.of(Endpoint.KAFKA_CONTROLLER), Map.of()));
                    stopwatch.say("Kafka is up at %s".formatted(kafka.bootstrap()));
                }
                case DATA_NODE -> {
                    hdfs = run(EmbeddedHdfs.start(conf, data.hdfs(), ports));
                    stopwatch.say("HDFS is up at %s".formatted(ports.address(Endpoint.NAME_NODE)));
                }
                case JOB_HISTORY -> {
                    run(EmbeddedYarn.start(conf));
                    stopwatch.say("YARN is up at %s".formatted(ports.address(Endpoint.RESOURCE_MANAGER)));
                }
                case HIVE_SERVER -> {
                    run(EmbeddedHive.start(conf, siteFiles.write("hive-site.xml"), metastore, hiveUrl()));
                    stopwatch.say("HiveServer2 is up at %s".formatted(hiveUrl()));
                }
                case OOZIE -> stopwatch.say("Oozie is up at %s".formatted(startOozie(options.mail())));
                default -> throw new IllegalArgumentException("Cannot start %s in this process".formatted(service));
            }
        });
        settings.writeServices(List.of());
    }

    private <T extends AutoCloseable> T run(T server) {
        synchronized (running) {
            running.push(server);
        }
        return server;
    }

    /** A new configuration of a client: default file system, YARN, job runner, {@code q.*} addresses. */
    public Configuration clientConf() {
        return new Configuration(conf);
    }

    /** JDBC URL of HiveServer2, without a database. */
    public String hiveUrl() {
        return settings.hiveUrl();
    }

    /** The broker, for tests of its outages. */
    public EmbeddedKafka kafka() {
        return Objects.requireNonNull(kafka, "Kafka starts with the stack");
    }

    /**
     * Starts an Oozie server beside the others, unless it runs; it stops with them.
     *
     * @param mail where it sends mail, if it is started now
     * @return its address
     */
    public synchronized String startOozie(InetSocketAddress mail) throws Exception {
        OozieHome home =
                settings.oozie(OozieHome.Database.derby(data.oozie().resolve("data/jobs")), settings.siteFiles(), mail);
        if (oozie == null) {
            OozieLibrary.share(FileSystem.get(conf));
            oozie = run(OozieServer.start(home, conf, settings.ports()));
        }
        return home.url();
    }

    /**
     * HDFS, for tests of its outages.
     *
     * <p>HiveServer2 has no such thing: its metastore and sessions live in statics, and a second start in the process
     * fails.
     */
    public MiniDFSCluster hdfs() {
        return Objects.requireNonNull(hdfs, "HDFS starts with the stack");
    }

    /**
     * Stops every server, the last started first; the data stays.
     *
     * @throws IOException when one did not stop cleanly; the others were stopped all the same
     */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(data.services());
        IOException failure = new IOException("Cannot stop the embedded stack in %s cleanly".formatted(data.root()));
        synchronized (running) {
            while (!running.isEmpty()) {
                try {
                    running.pop().close();
                } catch (Exception | LinkageError e) { // as of a jar that was built anew; the others are to be stopped
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
