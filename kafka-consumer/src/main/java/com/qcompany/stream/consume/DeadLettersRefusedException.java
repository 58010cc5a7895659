package com.qcompany.stream.consume;

/** The dead-letter topic does not take what is sent to it; nothing was committed, the transaction is aborted. */
final class DeadLettersRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeadLettersRefusedException(Throwable cause) {
        super("Cannot send dead letters: %s".formatted(cause.getMessage()), cause);
    }
}
