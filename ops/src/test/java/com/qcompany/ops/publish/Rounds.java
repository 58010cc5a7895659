package com.qcompany.ops.publish;

/**
 * How far a writer is: what a reader may see. Every round adds one file to every date; a reader that starts after round
 * n was published and ends before round m begins sees the state after one of n to m − 1 rounds.
 */
public final class Rounds {

    private int begun;
    private int published;
    private boolean over;

    public synchronized int begun() {
        return begun;
    }

    public synchronized int published() {
        return published;
    }

    public synchronized void begin() {
        begun++;
    }

    public synchronized void publish() {
        published = begun;
        notifyAll();
    }

    /** The writer writes no more. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }

    public synchronized boolean isOver() {
        return over;
    }

    /** Returns when the publish after the next one is done, or the writer is. */
    public synchronized void awaitTwoMore() throws InterruptedException {
        int awaited = published + 2;
        while (!over && published < awaited) {
            wait();
        }
    }
}
