package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Partitions whose hours close while Hive does not answer. */
@WithStack
class RegistrationTest {

    private static final int EVENTS_OF_THREE_HOURS = 15_000;

    private final EmbeddedStack stack;

    RegistrationTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void makesUpForAnOutageOfHive() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration withHive = log.with("q.hive.url", stack.hiveUrl());
            assertThat(com.qcompany.batch.Main.run(withHive, "ddl")).isEqualTo(ExitCode.OK.code());
            log.send(EVENTS_OF_THREE_HOURS);

            Configuration withoutHive = log.with("q.hive.url", "jdbc:hive2://127.0.0.1:" + closedPort());
            assertThat(com.qcompany.stream.Main.run(withoutHive, "consume", "--until-caught-up"))
                    .isEqualTo(ExitCode.OK.code());
            log.requireWhole();
            assertThat(partitions(log)).isEmpty();

            com.qcompany.stream.Main.run(withHive, "compact");
            assertThat(partitions(log))
                    .containsExactlyInAnyOrder(
                            "event_date=2024-07-04/event_hour=0",
                            "event_date=2024-07-04/event_hour=1",
                            "event_date=2024-07-04/event_hour=2");
            log.requireWhole();
        }
    }

    private List<String> partitions(AppLog log) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.hiveUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW PARTITIONS %s.kafka".formatted(log.topic()))) {
            List<String> partitions = new ArrayList<>();
            while (rows.next()) {
                partitions.add(rows.getString(1));
            }
            return partitions;
        }
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
