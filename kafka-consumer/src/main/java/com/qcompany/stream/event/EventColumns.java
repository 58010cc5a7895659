package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonToken;
import com.qcompany.warehouse.schema.ColumnType;
import java.io.IOException;

/**
 * Reads values of known fields into their columns. A value must be of the column's type: a text column takes a text, or
 * a number as it is written; a number column takes a number that it holds exactly; a timestamp takes a text that
 * {@link EventTimes} reads. A null is no value. Nothing else is converted. Not thread-safe.
 */
final class EventColumns {

    private static final int INT_DIGITS = 10;

    private final EventTimes times;
    private final Utf8Slice timeText = new Utf8Slice();

    EventColumns(EventTimes times) {
        this.times = times;
    }

    /** Reads a value. */
    void read(EventField field, JsonToken token, JsonValue value, EventRow row) throws IOException, UnfitEvent {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        boolean fits =
                switch (field) {
                    case TIMESTAMP -> readTime(token, value, row);
                    case QUANTITY -> readInt(field, token, value, row);
                    case TOTAL_AMOUNT -> readDecimal(field, token, value, row);
                    case EVENT_TYPE,
                            CUSTOMER_ID,
                            PRODUCT_ID,
                            CATEGORY,
                            SOURCE,
                            PAYMENT_METHOD,
                            RECOMMENDED_PRODUCT_ID,
                            ALGORITHM -> readText(token, value, row.text(field));
                };
        if (!fits) {
            throw UnfitEvent.mismatch(
                    field.column().name(),
                    value.received(),
                    allowed(field.column().type()));
        }
    }

    private static boolean readText(JsonToken token, JsonValue value, Utf8Slice target) throws IOException, UnfitEvent {
        if (token == JsonToken.VALUE_STRING) {
            value.readText(target);
            return true;
        }
        if (token.isNumeric()) {
            value.readVerbatim(target);
            return true;
        }
        return false;
    }

    private boolean readTime(JsonToken token, JsonValue value, EventRow row) throws IOException, UnfitEvent {
        if (token != JsonToken.VALUE_STRING) {
            return false;
        }
        value.readText(timeText);
        long micros = timeText.readTime(times);
        row.number(EventField.TIMESTAMP, micros);
        return micros != EventTimes.NO_TIME;
    }

    private static boolean readInt(EventField field, JsonToken token, JsonValue value, EventRow row)
            throws IOException {
        if (!token.isNumeric()) {
            return false;
        }
        long number = value.readNumber(INT_DIGITS, 0);
        row.number(field, number);
        return number == (int) number;
    }

    private static boolean readDecimal(EventField field, JsonToken token, JsonValue value, EventRow row)
            throws IOException {
        if (!token.isNumeric()) {
            return false;
        }
        ColumnType type = field.column().type();
        long number = value.readNumber(type.precision(), type.scale());
        row.number(field, number);
        return number != ExactNumber.DOES_NOT_FIT;
    }

    private static String allowed(ColumnType type) {
        return switch (type.kind()) {
            case TEXT -> "a text";
            case INT -> "a whole number that fits int";
            case DECIMAL -> "a number that fits %s without rounding".formatted(type.hiveName());
            case TIMESTAMP -> EventTimes.ALLOWED;
            case BIGINT, BOOLEAN, DATE, TEXT_LIST, TEXT_MAP -> type.hiveName();
        };
    }
}
