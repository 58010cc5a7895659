package com.qcompany.warehouse.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure whose message says all that an operator needs to mend it; it is printed without a stack trace. */
public final class OperatorException extends IOException {

    private static final long serialVersionUID = 1;

    public OperatorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
