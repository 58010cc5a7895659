package com.qcompany.ops.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** Signals of the operating system. */
final class Signals {

    static final String KILL = "KILL";
    static final String STOP = "STOP";
    static final String CONTINUE = "CONT";

    private Signals() {}

    /** Sends a signal, and returns when it is sent; a process that stops itself returns when it goes on. */
    static void send(String signal, ProcessHandle process) throws IOException {
        output("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** Whether a process is stopped by a signal. */
    static boolean isStopped(Process process) throws IOException {
        return output("ps", "-o", "state=", "-p", Long.toString(process.pid())).startsWith("T");
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("Cannot run %s: %s".formatted(String.join(" ", command), output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while running %s".formatted(String.join(" ", command)));
        }
        return output;
    }
}
