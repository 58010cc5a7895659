package com.qcompany.ops;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Neighbouring ports of this machine from which one stack chooses its own. Its first port is bound as long as the block
 * is held, so that no other stack chooses from it between the choice and the start of the servers.
 */
public final class PortBlock implements Closeable {

    /** Below what Linux, macOS and Windows give to outgoing connections, which could take one before its server does. */
    private static final int END = 28_000;

    private static final int BEGIN = 15_000;
    private static final int SIZE = 100;
    private static final int BLOCKS = (END - BEGIN) / SIZE;

    private final ServerSocket guard;
    private int next;

    private PortBlock(ServerSocket guard) {
        this.guard = guard;
        this.next = guard.getLocalPort() + 1;
    }

    /**
     * Takes a block that nobody holds.
     *
     * @throws IOException when all are taken
     */
    public static PortBlock reserve() throws IOException {
        int first = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            try {
                return new PortBlock(Ports.bind(BEGIN + (first + i) % BLOCKS * SIZE));
            } catch (BindException e) {
                continue; // another stack holds it
            }
        }
        throw new BindException(
                "Cannot reserve ports: every block of %d from %d to %d is taken".formatted(SIZE, BEGIN, END));
    }

    /** A socket bound to the next free port of the block. */
    ServerSocket bindNext() throws IOException {
        while (next < guard.getLocalPort() + SIZE) {
            try {
                return Ports.bind(next++);
            } catch (BindException e) {
                continue; // something else took it
            }
        }
        throw new BindException("Cannot find a free port from %d to %d".formatted(guard.getLocalPort(), next));
    }

    @Override
    public void close() throws IOException {
        guard.close();
    }
}
