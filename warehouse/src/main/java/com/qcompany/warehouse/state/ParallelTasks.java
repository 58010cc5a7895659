package com.qcompany.warehouse.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.hadoop.util.functional.FutureIO;

/** Does the same to many items, some at once: the time goes into waiting for servers. */
public record ParallelTasks(int threads) {

    /** Returns when all are done; throws the first failure, after which no further one is begun and none runs on. */
    public <T> void forEach(List<T> items, ConsumerRaisingIOE<? super T> task) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (T item : items) {
                running.add(pool.submit(() -> {
                    task.accept(item);
                    return item;
                }));
            }
            for (Future<T> future : running) {
                T unused = FutureIO.awaitFuture(future);
            }
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        try {
            boolean unused = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
