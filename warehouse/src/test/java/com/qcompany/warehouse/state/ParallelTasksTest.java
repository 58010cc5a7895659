package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTasksTest {

    @Test
    void throwsTheFirstFailureOnceNoTaskRunsAnyMore(@TempDir Path dir) {
        CountDownLatch begun = new CountDownLatch(1);

        assertThatIOException()
                .isThrownBy(() -> new ParallelTasks(2).forEach(List.of("fails", "goes on"), task -> {
                    if (task.equals("fails")) {
                        await(begun);
                        throw new IOException("failed");
                    }
                    begun.countDown();
                    await(new CountDownLatch(1)); // until it is interrupted
                    for (int i = 0; i < 500; i++) {
                        Files.writeString(dir.resolve("file" + i), task);
                    }
                }))
                .withMessage("failed");

        assertThat(dir.resolve("file499")).exists();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            assertThat(latch.getCount()).isOne();
        }
    }
}
