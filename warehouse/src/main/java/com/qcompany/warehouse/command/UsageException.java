package com.qcompany.warehouse.command;

/** The command line or the settings say something wrong; nothing was touched. Any other exception is a failure. */
public class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
