package com.qcompany.warehouse.command;

import java.util.Arrays;

/** Exit codes of every command, distinct so that a scheduler can act on them. */
public enum ExitCode {
    OK(0, "done"),
    /** A rerun completes or discards what was begun. */
    FAILED(1, "failed; the log says why"),
    /** Nothing was touched. */
    USAGE(2, "the command line or configuration is wrong; the log says what is allowed"),
    NOTHING_TO_DO(3, "there was nothing to do"),
    /** Some data was not published. */
    CHECKS_FAILED(4, "the data failed its checks; the log says which"),
    /** Nothing was touched. */
    LOCKED(5, "another run holds the lease");

    private final int code;
    private final String reason;

    ExitCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
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

    /** What it means, where nobody knows more. */
    String reason() {
        return reason;
    }
}
