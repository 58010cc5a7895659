package com.qcompany.warehouse.command;

import java.util.Arrays;

/** Exit codes of every command, distinct so that a scheduler can act on them. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** Failed; the log says why, a rerun completes or discards what was begun. */
    FAILED(1),
    /** The command line or configuration is wrong; nothing was touched. */
    USAGE(2),
    /** There was nothing to do. */
    NOTHING_TO_DO(3),
    /** Some data failed its checks and was not published. */
    CHECKS_FAILED(4),
    /** Another run holds the lease; nothing was touched. */
    LOCKED(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /**
     * The exit code of a number.
     *
     * @throws IllegalArgumentException if no command ends with it
     */
    public static ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot read exit code: %d (expected 0 to %d)".formatted(code, values().length - 1)));
    }

    /** The number given to the operating system. */
    public int code() {
        return code;
    }
}
