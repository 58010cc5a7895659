package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {

    private static final int ROUNDS = 5;

    @TempDir
    Path temp;

    @Test
    void goesOnAfterARoundThatEndsWithAnError() throws Exception {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), temp.toUri().toString());
        conf.setInt(StreamSettings.COMPACT_INTERVAL.key(), 0);
        CountDownLatch rounds = new CountDownLatch(ROUNDS);

        TopicOffsets offsets = new TopicOffsets(outOfMemory(rounds), "app-logs", "group");
        Clock clock = Clock.systemUTC();
        StreamMetrics metrics = new StreamMetrics(clock);
        try (Housekeeping housekeeping = new Housekeeping(StreamFiles.of(conf), offsets, metrics, clock)) {
            assertThat(housekeeping).isNotNull();
            assertThat(rounds.await(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(metrics.housekeepingFailures.count()).isGreaterThanOrEqualTo(ROUNDS);
    }

    private static Admin outOfMemory(CountDownLatch asked) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    asked.countDown();
                    throw new OutOfMemoryError("Java heap space");
                });
    }
}
