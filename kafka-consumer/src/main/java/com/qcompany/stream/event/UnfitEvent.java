package com.qcompany.stream.event;

/** Leaves the reading of an event that is rejected; has no stack trace, as broken events are part of the data. */
final class UnfitEvent extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    UnfitEvent(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    UnfitEvent(Rejection.Code code, String message) {
        this(new Rejection(code, null, null, message));
    }

    Rejection rejection() {
        return rejection;
    }
}
