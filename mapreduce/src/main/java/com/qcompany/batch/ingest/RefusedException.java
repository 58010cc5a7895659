package com.qcompany.batch.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says why a folder cannot be ingested as it lies there; it stays refused until somebody changes it. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
