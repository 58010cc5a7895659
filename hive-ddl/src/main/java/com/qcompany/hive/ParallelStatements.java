package com.qcompany.hive;

import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/**
 * Runs idempotent statements that do not depend on each other over several sessions. The first failure stops the rest;
 * which of them ran is then unknown, and running all of them again is right.
 */
final class ParallelStatements {

    /** Statements below which opening another session costs more than it saves. */
    private static final int STATEMENTS_PER_SESSION = 8;

    private ParallelStatements() {}

    /** Runs all of them; {@code session} is one of the sessions used, the others are opened and closed here. */
    static void run(Configuration conf, HiveSession session, List<String> statements) throws IOException {
        int sessions = Math.min(
                Settings.HIVE_CONNECTIONS.get(conf),
                (statements.size() + STATEMENTS_PER_SESSION - 1) / STATEMENTS_PER_SESSION);
        Queue<String> waiting = new ConcurrentLinkedQueue<>(statements);
        if (sessions <= 1) {
            drain(waiting, session);
            return;
        }
        List<Callable<Void>> workers = new ArrayList<>();
        workers.add(() -> drain(waiting, session));
        for (int i = 1; i < sessions; i++) {
            workers.add(() -> {
                try (HiveSession own = HiveSession.open(conf)) {
                    return drain(waiting, own);
                }
            });
        }
        runAll(workers);
    }

    @SuppressWarnings("NullAway") // Void has no other value than null
    private static Void drain(Queue<String> waiting, HiveSession session) throws IOException {
        try {
            for (String next = waiting.poll(); next != null; next = waiting.poll()) {
                session.execute(next);
            }
            return null;
        } catch (IOException | RuntimeException e) {
            waiting.clear();
            throw e;
        }
    }

    private static void runAll(List<Callable<Void>> workers) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(workers.size());
        try {
            for (Future<Void> done : pool.invokeAll(workers)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause
                    ? cause
                    : new IOException("Cannot run statements on HiveServer2", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while statements run on HiveServer2");
        } finally {
            pool.shutdownNow();
        }
    }
}
