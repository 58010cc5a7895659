package com.qcompany.warehouse.fake;

import java.io.IOException;

/** Kills a run at one of its steps: either just before the step, or when it is done but its answer is not heard. */
public final class CrashPoint {

    /** Stands for kill -9: nothing of the run goes on after it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A change of a file system or catalog. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws IOException;
    }

    private final int fatalStep;
    private final boolean answerLost;
    private int steps;
    private boolean dead;

    private CrashPoint(int fatalStep, boolean answerLost) {
        this.fatalStep = fatalStep;
        this.answerLost = answerLost;
    }

    public static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE, false);
    }

    public static CrashPoint before(int step) {
        return new CrashPoint(step, false);
    }

    public static CrashPoint after(int step) {
        return new CrashPoint(step, true);
    }

    /** Steps taken so far. */
    public synchronized int steps() {
        return steps;
    }

    public synchronized <T> T step(Step<T> step) throws IOException {
        dead |= !answerLost && steps == fatalStep;
        if (dead) {
            throw new Killed();
        }
        T answer = step.run();
        dead = answerLost && steps == fatalStep;
        if (dead) {
            throw new Killed();
        }
        steps++;
        return answer;
    }
}
