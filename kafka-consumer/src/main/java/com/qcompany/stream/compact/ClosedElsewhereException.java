package com.qcompany.stream.compact;

import java.io.IOException;

/** Another compactor works on the same hour or was faster; nothing is lost, the hour is looked at again next time. */
final class ClosedElsewhereException extends IOException {

    private static final long serialVersionUID = 1L;

    ClosedElsewhereException(String message) {
        super(message);
    }
}
