package com.qcompany.ops;

import java.util.Locale;
import java.util.function.Consumer;

/** Says sentences with the time since it was made, as in {@code HDFS is up after 2.1 s}. */
public final class Stopwatch {

    private final Consumer<String> listener;
    private final long begin = System.nanoTime();

    public Stopwatch(Consumer<String> listener) {
        this.listener = listener;
    }

    public void say(String sentence) {
        listener.accept("%s after %s".formatted(sentence, elapsed()));
    }

    /** Time since this was made, in seconds with one decimal. */
    public String elapsed() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
    }
}
