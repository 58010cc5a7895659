package com.qcompany.ops.daemons;

/** Asks a server whether it can be used. */
@FunctionalInterface
interface HealthCheck {

    /** The answer of a server that can be used. */
    String UP = "up";

    /**
     * {@link #UP}, or in a few words what it waits for.
     *
     * @throws Exception when it does not answer
     */
    String state() throws Exception;
}
