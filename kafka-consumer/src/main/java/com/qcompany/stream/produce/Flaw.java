package com.qcompany.stream.produce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a record so that it is no row. */
enum Flaw {
    /** Ends before its end. */
    CUT("broken_json") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            byte[] whole = event.bytes();
            return Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
        }
    },
    /** Has a value of no bytes. */
    EMPTY("broken_json") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return new byte[0];
        }
    },
    /** Goes on after its end. */
    TWO_IN_ONE("broken_json") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            byte[] one = event.bytes();
            return ByteBuffer.allocate(2 * one.length).put(one).put(one).array();
        }
    },
    /** Is a list of events. */
    LIST("not_an_object") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return ("[" + new String(event.bytes(), StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
        }
    },
    QUANTITY_IN_WORDS("type_mismatch") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withQuantity("\"three\"").bytes();
        }
    },
    QUANTITY_IN_PARTS("type_mismatch") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withQuantity("2.5").bytes();
        }
    },
    AMOUNT_AS_TEXT("type_mismatch") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withAmount("\"12,50 EUR\"").bytes();
        }
    },
    AMOUNT_TOO_FINE("type_mismatch") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withAmount("12.345678").bytes();
        }
    },
    TIME_IN_WORDS("type_mismatch") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withTime("\"yesterday\"").bytes();
        }
    },
    /** Says a time ten thousand hours and more after its record's. */
    TIME_AHEAD("event_time_ahead") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withTime("\"9024-07-04T18:05:11\"").bytes();
        }
    },
    QUANTITY_TWICE("duplicate_field") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return event.withQuantity("1").bytes("\"quantity\": 2", "");
        }
    },
    /** A name in ISO-8859-1, whose byte 0xE9 is not UTF-8. */
    NOT_UTF8("not_utf8") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            return new String(event.bytes("\"name\": \"Andr\u00e9\"", ""), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    },
    /** Behind the five bytes that a schema registry's serializer writes. */
    WIRE_FORMAT("confluent_wire_format") {
        @Override
        byte[] bytes(AppEvent event, SplittableRandom random) {
            byte[] json = event.bytes();
            return ByteBuffer.allocate(5 + json.length)
                    .put((byte) 0)
                    .putInt(1 + random.nextInt(100))
                    .put(json)
                    .array();
        }
    },
    /** A key alone. */
    TOMBSTONE(null) {
        @Override
        byte @Nullable [] bytes(AppEvent event, SplittableRandom random) {
            return null;
        }
    };

    private final Fate fate;

    Flaw(@Nullable String code) {
        this.fate = code == null ? new Fate.Tombstone() : new Fate.Rejected(code);
    }

    /** Value of a record that has the flaw; null for none. */
    abstract byte @Nullable [] bytes(AppEvent event, SplittableRandom random);

    /** What must become of it. */
    Fate fate() {
        return fate;
    }
}
