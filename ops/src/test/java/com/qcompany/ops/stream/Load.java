package com.qcompany.ops.stream;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Events sent from a thread of its own until it is closed. */
final class Load implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Void> sending;
    private volatile boolean over;

    Load(AppLog log, int perSecond) {
        this.sending = thread.submit(() -> {
            while (!over) {
                log.sendPaced(perSecond);
            }
            return null;
        });
    }

    /** Returns when all events are on their way; without an interrupt, which would break off the one being sent. */
    @Override
    public void close() throws Exception {
        over = true;
        thread.shutdown();
        sending.get(1, TimeUnit.MINUTES);
    }
}
