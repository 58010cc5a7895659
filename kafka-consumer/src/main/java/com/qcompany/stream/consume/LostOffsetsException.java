package com.qcompany.stream.consume;

/** Offsets that were not consumed are gone, and the policy is to stop. */
final class LostOffsetsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostOffsetsException(String message) {
        super(message);
    }
}
