package com.qcompany.stream.compact;

import java.io.IOException;

/** Kills a compaction at one of its steps: either just before the step, or when it is done but its answer is not heard. */
final class CrashPoint {

    /** Stands for kill -9: nothing of the process goes on after it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A change of the file system. */
    @FunctionalInterface
    interface Step<T> {
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

    static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE, false);
    }

    static CrashPoint before(int step) {
        return new CrashPoint(step, false);
    }

    static CrashPoint after(int step) {
        return new CrashPoint(step, true);
    }

    synchronized <T> T step(Step<T> step) throws IOException {
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
