package com.qcompany.stream.consume;

import java.io.IOException;

/** Committed rows are not where the protocol left them: nothing to wait for, the process stops with an alarm. */
final class LostManifestException extends IOException {

    private static final long serialVersionUID = 1L;

    LostManifestException(String message) {
        super(message);
    }
}
