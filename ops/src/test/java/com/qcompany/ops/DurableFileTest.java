package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    private static final int REWRITES = 500;

    @TempDir
    Path directory;

    @Test
    void replacesAFileAndLeavesNoOther() throws Exception {
        Path file = directory.resolve("file");

        DurableFile.write(file, "earlier");
        DurableFile.write(file, "new", DurableFile.OWNER_ONLY);

        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void keepsNoRightsOfAHiddenFileThatAKilledRunLeft() throws Exception {
        Path file = directory.resolve("file");
        Path hidden = Files.writeString(directory.resolve(".file.tmp"), "torn");
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-r--r--"));

        DurableFile.write(file, "secret", DurableFile.OWNER_ONLY);

        assertThat(file).hasContent("secret");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    @Timeout(60)
    void regressionAServerReadAnEmptyConfigurationWhileAnotherWasStarted() throws Exception {
        SiteFiles files = new SiteFiles(
                directory, Map.of("port.name-node", "1", "directory.temporary", "/tmp", "user", "q"), false);
        Path file = files.write("core-site.xml");
        CompletableFuture<Void> rewrites = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < REWRITES; i++) {
                rewrite(files);
            }
        });

        do {
            Configuration conf = new Configuration(false);
            conf.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            assertThat(conf.get("fs.defaultFS")).isEqualTo("hdfs://127.0.0.1:1");
        } while (!rewrites.isDone());
        rewrites.get();
    }

    private static void rewrite(SiteFiles files) {
        try {
            files.write("core-site.xml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
