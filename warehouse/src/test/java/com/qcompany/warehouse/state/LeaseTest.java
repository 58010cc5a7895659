package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
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
        Lease first = Lease.acquire(fs, leases, "run 1", SECOND);

        assertThatThrownBy(() -> Lease.acquire(fs, leases, "run 2", HOUR))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("run 1 holds it");
        first.close();
        Lease.acquire(fs, leases, "run 2", HOUR).close();
    }

    @Test
    void aKilledHoldersLeaseIsWaitedFor() throws IOException {
        fs.create(new Path(leases, "lease-0000000001")).close();

        try (Lease next = Lease.acquire(fs, leases, "run 2", SECOND)) {
            next.verify();
            assertThat(Lease.holder(fs, leases))
                    .get()
                    .extracting(LeaseHolder::name)
                    .isEqualTo("run 2");
        }
    }

    @Test
    void aHolderRenewsOftenEnoughForAChallengerOfAShorterTimeout() throws IOException {
        try (Lease held = Lease.acquire(fs, leases, "run 1", HOUR)) {
            held.verify();
            assertThatThrownBy(() -> Lease.acquire(fs, leases, "run 2", Duration.ofSeconds(5)))
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageContaining("run 1 holds it and renews it");
        }
    }

    @Test
    void aLeaseWhoseFilesGoWhileItIsLookedAtWasTakenJustNow() throws IOException {
        Path last = new Path(leases, "lease-0000000001");
        fs.create(last).close();
        FileSystem meanwhile = new FilterFileSystem(fs) {
            @Override
            public boolean exists(Path file) throws IOException {
                boolean exists = super.exists(file);
                Lease.acquire(LeaseTest.this.fs, leases, "run 2", Duration.ZERO).close();
                return exists;
            }
        };

        assertThatThrownBy(() -> Lease.acquire(meanwhile, leases, "run 3", HOUR))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("another run took it just now");
    }

    @Test
    void aLeaseIsNotTakenFromWhoeverTookItOverMeanwhile() throws IOException {
        fs.create(new Path(leases, "lease-0000000001")).close();
        CountDownLatch refused = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try (Lease lease = Lease.acquire(fs, leases, "run 2", SECOND)) {
                refused.await();
                lease.verify();
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });

        assertThatThrownBy(() -> Lease.acquire(fs, leases, "run 3", HOUR)).isInstanceOf(LeaseHeldException.class);
        refused.countDown();
        other.join();
    }

    @Test
    void crashedHolderIsReplacedAndNoticesIt() throws IOException {
        Lease crashed = Lease.acquire(fs, leases, "run 1", HOUR);

        try (Lease next = Lease.acquire(fs, leases, "run 2", Duration.ZERO)) {
            next.verify();
            assertThatThrownBy(crashed::verify)
                    .isInstanceOf(LeaseHeldException.class)
                    .hasMessageContaining("run 2 took it over")
                    .returns(true, e -> ((LeaseHeldException) e).isTakenOver());
        }
        crashed.close();
        assertThat(fs.exists(leases)).isTrue();
    }
}
