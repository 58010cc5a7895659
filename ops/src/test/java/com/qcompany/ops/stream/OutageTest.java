package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages of HDFS and Kafka that a running daemon waits out: it says that it is not ready, and goes on afterwards. */
@WithStack
class OutageTest {

    private static final int READY = 200;
    private static final int NOT_READY = 503;

    private final EmbeddedStack stack;
    private DataNodeProperties stopped;

    OutageTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void survivesANameNodeInSafeMode() throws Exception {
        waitsOut(log -> new Outage(
                () -> setSafeMode(SafeModeAction.SAFEMODE_ENTER), () -> setSafeMode(SafeModeAction.SAFEMODE_LEAVE)));
    }

    @Test
    void survivesADataNodeThatIsDownForAWhile() throws Exception {
        waitsOut(log -> new Outage(() -> stopped = stack.hdfs().stopDataNode(0), this::startDataNode));
    }

    @Test
    void survivesAFullDisk() throws Exception {
        waitsOut(log -> new Outage(() -> setSpaceQuota(log, 1), () -> setSpaceQuota(log, HdfsConstants.QUOTA_RESET)));
    }

    @Test
    void survivesARestartOfTheBroker() throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            try (RunningConsumer consumer = RunningConsumer.start(log.conf(), "one")) {
                log.send(2_000);
                log.awaitAllCommitted();
                try (Load load = new Load(log, 1_000)) {
                    stack.kafka().stop();
                    stack.kafka().start();
                }
                log.awaitAllCommitted();
                assertThat(consumer.get("/healthz").statusCode()).isEqualTo(READY);
            }

            log.requireWhole();
        }
    }

    @Test
    void catchesUpThoughTheBrokerIsAwayForLongerThanItIsAsked(@TempDir Path directory) throws Exception {
        Path properties = Files.writeString(
                directory.resolve("kafka.properties"), "default.api.timeout.ms=2000\nrequest.timeout.ms=1000\n");
        try (AppLog log = new AppLog(stack, 2)) {
            log.send(10);
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            log.send(10);
            setSafeMode(SafeModeAction.SAFEMODE_ENTER);
            Configuration impatient = log.with("q.stream.kafka-properties", properties.toString());
            RunningConsumer consumer;
            try (Admin admin = Admin.create(KafkaClients.common(impatient))) {
                consumer = RunningConsumer.start(impatient, "one", "--until-caught-up");
                Await.until("it waits", () -> consumer.get("/readyz").statusCode() == NOT_READY);
                stack.kafka().stop();
                for (int asked = 0; asked < 3; asked++) { // the consumer asks once meanwhile
                    assertThatThrownBy(() -> admin.listTopics().names().get())
                            .hasCauseInstanceOf(TimeoutException.class);
                }
            } finally {
                stack.kafka().start();
                setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
            }

            assertThat(consumer.awaitEnd()).isEqualTo(ExitCode.OK.code());
            log.requireWhole();
        }
    }

    private void waitsOut(Scenario scenario) throws Exception {
        try (AppLog log = new AppLog(stack, 2)) {
            Outage outage = scenario.of(log);
            Configuration conf = log.with("dfs.client.block.write.locateFollowingBlock.retries", "1");
            try (RunningConsumer consumer = RunningConsumer.start(conf, "one")) {
                log.send(2_000);
                log.awaitAllCommitted();
                assertThat(consumer.get("/readyz").statusCode()).isEqualTo(READY);
                outage.begin().run();
                try {
                    log.send(2_000);
                    Await.until(
                            "the outage is told", () -> consumer.get("/readyz").statusCode() == NOT_READY);
                    assertThat(consumer.get("/healthz").statusCode()).isEqualTo(READY);
                    Await.until("the lag is told", () -> consumer.get("/metrics")
                            .body()
                            .contains("q_stream_lag{partition=\"0\",topic=\"%s\"} 1000.0".formatted(log.topic())));
                } finally {
                    outage.end().run();
                }
                log.awaitAllCommitted();
                Await.until("it is ready again", () -> consumer.get("/readyz").statusCode() == READY);
            }

            log.requireWhole();
        }
    }

    private void setSafeMode(SafeModeAction action) throws Exception {
        stack.hdfs().getNameNodeRpc().setSafeMode(action, false);
    }

    private void startDataNode() throws Exception {
        stack.hdfs().restartDataNode(stopped, true);
        stack.hdfs().waitActive();
    }

    private static void setSpaceQuota(AppLog log, long bytes) throws Exception {
        org.apache.hadoop.fs.Path root = Layout.of(log.conf()).root();
        DistributedFileSystem fs = (DistributedFileSystem) root.getFileSystem(log.conf());
        fs.setQuota(root, HdfsConstants.QUOTA_DONT_SET, bytes);
    }

    private interface Step {
        void run() throws Exception;
    }

    private record Outage(Step begin, Step end) {}

    private interface Scenario {
        Outage of(AppLog log);
    }
}
