package com.qcompany.warehouse;

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
    /** The data failed its checks; nothing was published. */
    CHECKS_FAILED(4),
    /** Another run holds the lease; nothing was touched. */
    LOCKED(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number given to the operating system. */
    public int code() {
        return code;
    }
}
