package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a record so that it is no row. */
enum EventFlaw {
    CUT("broken_json", (event, random) -> {
        byte[] whole = AppEvent.bytes(event);
        return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
    }),
    EMPTY("broken_json", (event, random) -> new byte[0]),
    TWO_IN_ONE("broken_json", (event, random) -> AppEvent.utf8(event.toString() + event)),
    LIST("not_an_object", (event, random) -> AppEvent.utf8("[" + event + "]")),
    QUANTITY_IN_WORDS("type_mismatch", (event, random) -> AppEvent.bytes(event.put("quantity", "three"))),
    QUANTITY_IN_PARTS("type_mismatch", (event, random) -> AppEvent.bytes(event.put("quantity", 2.5))),
    AMOUNT_AS_TEXT("type_mismatch", (event, random) -> AppEvent.bytes(event.put("totalAmount", "12,50 EUR"))),
    AMOUNT_TOO_FINE("type_mismatch", (event, random) -> AppEvent.bytes(event.put("totalAmount", 12.345678))),
    TIME_IN_WORDS("type_mismatch", (event, random) -> AppEvent.bytes(event.put("timestamp", "yesterday"))),
    /** Says a time thousands of years after its record's. */
    TIME_AHEAD("event_time_ahead", (event, random) -> AppEvent.bytes(event.put("timestamp", "9024-07-04T18:05:11"))),
    QUANTITY_TWICE(
            "duplicate_field",
            (event, random) ->
                    AppEvent.utf8("{\"quantity\":2," + event.toString().substring(1))),
    /** A name in ISO-8859-1, whose byte 0xE9 is not UTF-8. */
    NOT_UTF8(
            "not_utf8",
            (event, random) -> event.put("name", "Andr\u00e9").toString().getBytes(StandardCharsets.ISO_8859_1)),
    /** After the five bytes that a schema registry's serializer writes. */
    WIRE_FORMAT("confluent_wire_format", (event, random) -> {
        byte[] json = AppEvent.bytes(event);
        return ByteBuffer.allocate(5 + json.length)
                .put((byte) 0)
                .putInt(1 + random.nextInt(100))
                .put(json)
                .array();
    }),
    /** A key alone. */
    TOMBSTONE(null, (event, random) -> null);

    private final Fate fate;
    private final Value value;

    EventFlaw(@Nullable String code, Value value) {
        this.fate = code == null ? new Fate.Tombstone() : new Fate.Rejected(code);
        this.value = value;
    }

    private interface Value {
        byte @Nullable [] of(ObjectNode purchase, SplittableRandom random);
    }

    /** Value of a record that has the flaw; null for none. The purchase is changed. */
    byte @Nullable [] value(ObjectNode purchase, SplittableRandom random) {
        return value.of(purchase, random);
    }

    Fate fate() {
        return fate;
    }
}
