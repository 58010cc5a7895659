package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    java.nio.file.Path dir;

    private FileSystem fs;
    private Path leases;

    @BeforeEach
    void openFileSystem() throws IOException {
        fs = FileSystem.getLocal(new Configuration());
        leases = new Path(dir.toUri());
    }

    @Test
    void secondHolderIsRefusedUntilTheFirstReleases() throws IOException {
        Lease first = Lease.acquire(fs, leases, "run 1", HOUR);

        assertThatThrownBy(() -> Lease.acquire(fs, leases, "run 2", HOUR))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("run 1 holds it");
        first.close();
        Lease.acquire(fs, leases, "run 2", HOUR).close();
    }

    @Test
    void crashedHolderIsReplacedAndNoticesIt() throws IOException {
        Lease crashed = Lease.acquire(fs, leases, "run 1", HOUR);

        try (Lease next = Lease.acquire(fs, leases, "run 2", Duration.ZERO)) {
            next.verify();
            assertThatThrownBy(crashed::verify)
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageContaining("run 2 took it over");
        }
        crashed.close();
        assertThat(fs.exists(leases)).isTrue();
    }
}
