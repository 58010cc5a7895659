package com.qcompany.stream.event;

/** Leaves the reading of an event that is refused; has no stack trace, as broken events are part of the data. */
final class UnfitEvent extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    private UnfitEvent(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** Of a whole record. */
    static UnfitEvent of(Rejection.Code code, String message) {
        return new UnfitEvent(new Rejection(code, null, null, message));
    }

    /** Of a value that its column does not take. */
    static UnfitEvent mismatch(String column, String received, String allowed) {
        return new UnfitEvent(Rejection.mismatch(column, received, allowed));
    }

    /** Of a field that stands twice. */
    static UnfitEvent duplicate(String name) {
        return new UnfitEvent(Rejection.duplicate(name));
    }

    Rejection rejection() {
        return rejection;
    }
}
