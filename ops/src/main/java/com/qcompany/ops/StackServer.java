package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Program of {@code q up}: runs a stack until it is told to end by a signal.
 *
 * <p>Usage: {@code StackServer DATA_DIRECTORY [--yarn]}; with the option jobs run on YARN by default. Standard output
 * gets a sentence for every server that is up, then {@link #READY}. Exit code 1 when a server does not start.
 */
public final class StackServer {

    /** Last line of the output: clients can begin. */
    static final String READY = "The stack is ready";

    private static final Logger LOG = LoggerFactory.getLogger(StackServer.class);
    private static final int BEFORE_FILE_SYSTEMS_CLOSE = 100;

    private StackServer() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> arguments = List.of(args);
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
            System.err.println("Usage: StackServer DATA_DIRECTORY [--yarn]");
            System.exit(2);
        }
        StackOptions options = StackOptions.in(Path.of(arguments.get(0)));
        try {
            EmbeddedStack stack = EmbeddedStack.start(
                    arguments.contains("--yarn") ? options.withJobsOnYarn() : options, System.out::println);
            ShutdownHookManager.get()
                    .addShutdownHook(() -> stop(stack), BEFORE_FILE_SYSTEMS_CLOSE, 1, TimeUnit.MINUTES);
        } catch (IOException e) {
            LOG.error("Cannot start the stack in {}", options.dataDirectory(), e);
            System.out.println(e.getMessage());
            System.exit(1);
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    private static void stop(EmbeddedStack stack) {
        try {
            stack.close();
        } catch (IOException e) {
            LOG.error("Cannot stop the stack cleanly", e);
        }
    }
}
