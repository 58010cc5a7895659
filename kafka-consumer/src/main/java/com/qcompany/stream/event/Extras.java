package com.qcompany.stream.event;

import java.util.ArrayList;
import java.util.List;

/** The fields of one event that have no column, as names and texts. Mutable and reused from event to event. */
final class Extras {

    private final List<Utf8Slice> names = new ArrayList<>();
    private final List<Utf8Slice> values = new ArrayList<>();
    private int size;

    void clear() {
        for (int i = 0; i < size; i++) {
            names.get(i).clear();
            values.get(i).clear();
        }
        size = 0;
    }

    /** Adds a field and returns its value, which is no text until it is set. */
    Utf8Slice add(byte[] name) {
        if (size == names.size()) {
            names.add(new Utf8Slice());
            values.add(new Utf8Slice());
        }
        names.get(size).set(name, 0, name.length);
        return values.get(size++);
    }

    int size() {
        return size;
    }

    Utf8Slice name(int index) {
        return names.get(index);
    }

    Utf8Slice value(int index) {
        return values.get(index);
    }
}
