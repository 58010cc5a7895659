package com.qcompany.batch.ingest;

import java.io.IOException;

/** Says why a folder cannot be ingested as it lies there; it stays refused until somebody changes it. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
