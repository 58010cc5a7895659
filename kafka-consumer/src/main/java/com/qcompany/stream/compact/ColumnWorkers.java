package com.qcompany.stream.compact;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.stream.IntStream;

/** Works on columns side by side, on as many threads as there are processors. They end with it. */
final class ColumnWorkers implements Closeable {

    private final ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    /** Work on one column. */
    @FunctionalInterface
    interface Work {
        void on(int column) throws IOException;
    }

    /** Does the work on every leaf column of table kafka; what one writes another sees only afterwards. */
    void forEachColumn(Work work) throws IOException {
        try {
            pool.invoke(new RecursiveAction() {

                private static final long serialVersionUID = 1L;

                @Override
                protected void compute() {
                    ForkJoinTask.invokeAll(IntStream.range(0, RowBlock.COLUMNS.size())
                            .mapToObj(column -> ForkJoinTask.adapt(() -> unchecked(work, column)))
                            .toList());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    private static void unchecked(Work work, int column) {
        try {
            work.on(column);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
