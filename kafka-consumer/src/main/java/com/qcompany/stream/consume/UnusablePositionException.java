package com.qcompany.stream.consume;

/** A position that cannot be gone on from until an operator decides: offsets are gone, or it is another stream's. */
final class UnusablePositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusablePositionException(String message) {
        super(message);
    }
}
