package com.qcompany.batch.ingest;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a group is: a bar on a terminal, otherwise a sentence every ten seconds. Told of bytes by any number of
 * threads.
 */
final class CopyProgress implements LongConsumer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CopyProgress.class);
    private static final long BAR_MILLIS = 100;
    private static final long SENTENCE_MILLIS = 10_000;
    private static final int WIDTH = 30;

    private final boolean terminal;
    private final PrintStream out;
    private final String group;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong shownAt = new AtomicLong(System.currentTimeMillis());

    /**
     * @param terminal whether a bar can be drawn
     * @param out where the bar is drawn
     * @param group name of the group
     * @param total bytes it will be told of
     */
    CopyProgress(boolean terminal, PrintStream out, String group, long total) {
        this.terminal = terminal;
        this.out = out;
        this.group = group;
        this.total = total;
    }

    @Override
    public void accept(long bytes) {
        long now = done.addAndGet(bytes);
        long millis = System.currentTimeMillis();
        long shown = shownAt.get();
        if (millis - shown >= (terminal ? BAR_MILLIS : SENTENCE_MILLIS) && shownAt.compareAndSet(shown, millis)) {
            show(now);
        }
    }

    /** Clears the bar. */
    @Override
    public void close() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    /** The bar at so many bytes. */
    String bar(long bytes) {
        int filled = (int) (WIDTH * Math.min(bytes, total) / Math.max(1, total));
        return "%s [%s%s] %d %%".formatted(group, "#".repeat(filled), " ".repeat(WIDTH - filled), percent(bytes));
    }

    private void show(long bytes) {
        if (terminal) {
            out.print("\r" + bar(bytes));
            out.flush();
        } else {
            LOG.info("{} is {} % done", group, percent(bytes));
        }
    }

    private long percent(long bytes) {
        return 100 * Math.min(bytes, total) / Math.max(1, total);
    }
}
