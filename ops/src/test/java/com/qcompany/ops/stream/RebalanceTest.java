package com.qcompany.ops.stream;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.StreamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members of a group that come and go while all of them flush. */
@WithStack
class RebalanceTest {

    private static final int ROUNDS = 2;
    private static final int GUESTS = 3;

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    RebalanceTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void landsEveryEventOnceWhileMembersComeAndGo() throws Exception {
        try (AppLog log = new AppLog(stack, 8)) {
            Path properties = Files.writeString(directory.resolve("kafka.properties"), "session.timeout.ms=6000");
            Configuration conf = log.with(
                    "q.stream.flush-seconds", "0",
                    "q.stream.threads", "1",
                    "q.stream.kafka-properties", properties.toString());
            try (RunningConsumer host = RunningConsumer.start(conf, "host")) {
                try (Load load = new Load(log, 1_000)) {
                    for (int round = 0; round < ROUNDS; round++) {
                        String prefix = "guest%d-".formatted(round);
                        List<RunningConsumer> guests = new ArrayList<>();
                        for (int i = 0; i < GUESTS; i++) {
                            guests.add(RunningConsumer.start(conf, prefix + i));
                        }
                        Await.until("a guest commits", () -> publishers(conf).stream()
                                .anyMatch(epoch -> epoch.contains("-" + prefix)));
                        for (RunningConsumer guest : guests) {
                            guest.close();
                        }
                    }
                }
                log.awaitAllCommitted();
            }

            log.requireWhole();
        }
    }

    /** Names of the manifests that were published, which hold those of their writers. */
    private static List<String> publishers(Configuration conf) throws IOException {
        org.apache.hadoop.fs.Path done = StreamFiles.of(conf).path("done");
        FileSystem fs = done.getFileSystem(conf);
        List<String> names = new ArrayList<>();
        if (!fs.exists(done)) {
            return names;
        }
        RemoteIterator<LocatedFileStatus> manifests = fs.listFiles(done, true);
        while (manifests.hasNext()) {
            names.add(manifests.next().getPath().getName());
        }
        return names;
    }
}
