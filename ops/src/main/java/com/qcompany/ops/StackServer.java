package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Program of {@code q up}: runs a stack until it is told to end by a signal.
 *
 * <p>Usage: {@code StackServer DATA_DIRECTORY [--yarn]}; with the option jobs run on YARN by default. Standard output
 * gets a sentence for every server that is up, then {@link #READY}. Exit code 1 when a server does not start or stop.
 */
public final class StackServer {

    /** Last line of the output: clients can begin. */
    static final String READY = "The stack is ready";

    private static final Logger LOG = LoggerFactory.getLogger(StackServer.class);

    private StackServer() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> arguments = List.of(args);
        StackOptions options = StackOptions.in(Path.of(arguments.get(0))).withOozie();
        CountDownLatch told = new CountDownLatch(1);
        try (EmbeddedStack stack = EmbeddedStack.start(
                arguments.contains("--yarn") ? options.withJobsOnYarn() : options, System.out::println)) {
            // Not a shutdown hook: HDFS cannot stop in one.
            new IrqHandler(IrqHandler.SIGTERM, signal -> told.countDown()).bind();
            new IrqHandler(IrqHandler.CONTROL_C, signal -> told.countDown()).bind();
            System.out.println(READY);
            told.await();
        } catch (IOException e) {
            LOG.error("Cannot run the stack in {}", options.dataDirectory(), e);
            System.out.println(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
