package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.state.Layout;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppLogTest {

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration(false);

    @Test
    void tellsWhenHoursWereClosedNewestFirst() throws IOException {
        summary("2024-07-01-18.1", "{\"hour\":\"2024-07-01-18\",\"rows\":20,\"decidedMillis\":1719860460000}");
        summary("2024-07-01-18.2", "{\"hour\":\"2024-07-01-18\",\"rows\":3,\"decidedMillis\":1719864000000}");
        summary("2024-07-01-19.1", "{\"hour\":\"2024-07-01-19\",\"rows\":7,\"decidedMillis\":1719864060000}");

        assertThat(read().closings().rows())
                .containsExactly(
                        List.of("2024-07-01-19", "1", "7", "2024-07-01 20:01:00", "2024-07-01 20:01:00"),
                        List.of("2024-07-01-18", "2", "23", "2024-07-01 19:01:00", "2024-07-01 20:00:00"));
    }

    @Test
    void asksTheConsumerForItsLagAndSaysWhereItDoesNotAnswer() throws IOException {
        assertThat(read().lagNote()).contains("q.stream.http-address is not set");
        HttpServer consumer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] metrics = "q_stream_lag{partition=\"0\",topic=\"app-logs\"} 41.0\n".getBytes(StandardCharsets.UTF_8);
        consumer.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        consumer.start();
        conf.set("q.stream.http-address", "127.0.0.1:" + consumer.getAddress().getPort());

        assertThat(read().lag().rows()).containsExactly(List.of("app-logs", "0", "41"));

        consumer.stop(0);

        assertThat(read().lag().rows()).isEmpty();
        assertThat(read().lagNote()).contains("no consumer answers at 127.0.0.1:");
    }

    private AppLog read() throws IOException {
        FileSystem fs = FileSystem.getLocal(conf);
        Warehouse warehouse = new Warehouse(fs, new Layout(new org.apache.hadoop.fs.Path(dir.toUri())), "q");
        return AppLog.read(warehouse, conf, SampleContent.table("hour"));
    }

    private void summary(String name, String json) throws IOException {
        Path date = Files.createDirectories(dir.resolve("stream/closings/done/2024-07-01"));
        Files.writeString(date.resolve(name + ".json"), json);
    }
}
