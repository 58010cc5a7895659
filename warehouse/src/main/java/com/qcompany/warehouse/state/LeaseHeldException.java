package com.qcompany.warehouse.state;

import java.io.IOException;

/** Another run holds the lease, or took it over. */
public final class LeaseHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean takenOver;

    public LeaseHeldException(String message) {
        this(message, false);
    }

    /** @param takenOver whether this run held it before */
    public LeaseHeldException(String message, boolean takenOver) {
        super(message);
        this.takenOver = takenOver;
    }

    /** Whether this run held it before, and may have changed something. */
    public boolean isTakenOver() {
        return takenOver;
    }
}
