package com.qcompany.warehouse.state;

import java.io.IOException;

/** Another run holds the lease, or took it over. */
public final class LeaseHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    public LeaseHeldException(String message) {
        super(message);
    }
}
