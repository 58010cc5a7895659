package com.qcompany.ops.publish;

/**
 * How far a writer is: what a reader may see. Every round adds one file to every date; a reader that starts after round
 * n was published and ends before round m begins sees the state after one of n to m − 1 rounds.
 */
final class Rounds {

    private int begun;
    private int published;
    private boolean over;

    synchronized int begun() {
        return begun;
    }

    synchronized int published() {
        return published;
    }

    synchronized void begin() {
        begun++;
    }

    synchronized void publish() {
        published = begun;
        notifyAll();
    }

    /** The writer writes no more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Returns when the publish after the next one is done, or the writer is. */
    synchronized void awaitTwoMore() throws InterruptedException {
        int awaited = published + 2;
        while (!over && published < awaited) {
            wait();
        }
    }
}
