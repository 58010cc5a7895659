package com.qcompany.stream.consume;

/** The thread has to leave its consumer and join the group anew before it can know what is committed. */
final class RejoinException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RejoinException(String message, Throwable cause) {
        super(message, cause);
    }
}
