package com.qcompany.ops.publish;

import java.util.HashMap;
import java.util.Map;

/**
 * How far a writer is: what a reader may see. Every round adds the same number of sales to every date; a reader that starts after round
 * n was published and ends before round m begins sees the state after one of n to m − 1 rounds.
 */
public final class Rounds {

    private final Map<Integer, Long> publishes = new HashMap<>();
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

    /** Begins the next round, which will be a publish of that number. */
    public synchronized void begin(long publish) {
        begun++;
        publishes.put(begun, publish);
    }

    /** The publish of a round. */
    public synchronized long publishOf(int round) {
        return publishes.get(round);
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
