package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonToken;
import com.qcompany.warehouse.contract.EventContract.Accept;
import com.qcompany.warehouse.contract.EventContract.Field;
import com.qcompany.warehouse.schema.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads values of known fields into their columns. A value must be of the column's type: a text column takes a text, or
 * a number as it is written; a number column takes a number that it holds exactly; a timestamp takes a text that
 * {@link EventTimes} reads. A null is no value. What else is read is an
 * {@link Accept} that the field's contract has. Not thread-safe.
 */
final class EventColumns {

    /** A number as JSON has it; longer ones are none that a column could take. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,9})?");

    private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{12,15}");

    private final EventTimes times;

    EventColumns(EventTimes times) {
        this.times = times;
    }

    /** Reads the value that the parser stands at. */
    void read(Field field, JsonToken token, JsonText json, EventRow row) throws IOException, UnfitEvent {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        boolean fits =
                switch (field.column().type().kind()) {
                    case TIMESTAMP -> readTime(field, token, json, row);
                    case INT, DECIMAL -> readNumber(field, token, json, row);
                    case TEXT -> readText(field, token, json, row);
                    case BIGINT, BOOLEAN, DATE, TEXT_LIST, TEXT_MAP -> false;
                };
        if (!fits) {
            throw new UnfitEvent(Rejection.mismatch(
                    field.column().name(),
                    json.received(),
                    allowed(field.column().type())));
        }
    }

    private static boolean readText(Field field, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            return false;
        }
        row.row().set(field.index(), json.whole(json.parser().getText()));
        return true;
    }

    private boolean readTime(Field field, JsonToken token, JsonText json, EventRow row) throws IOException {
        Consumer<Accept> used = row.accepted()::add;
        String text = json.parser().getText();
        long micros = token == JsonToken.VALUE_STRING ? times.read(text, used) : EventTimes.NO_TIME;
        if (micros == EventTimes.NO_TIME
                && EPOCH_MILLIS.matcher(text).matches()
                && (token == JsonToken.VALUE_NUMBER_INT || isNumberInText(field, token, text, row))) {
            micros = times.ofEpochMillis(Long.parseLong(text), used);
        }
        if (micros == EventTimes.NO_TIME) {
            return false;
        }
        row.eventTime(micros);
        return true;
    }

    private static boolean readNumber(Field field, JsonToken token, JsonText json, EventRow row) throws IOException {
        String text = json.parser().getText();
        if (!token.isNumeric() && !isNumberInText(field, token, text, row)) {
            return false;
        }
        boolean isInt = field.column().type().kind() == ColumnType.Kind.INT;
        try {
            BigDecimal number = new BigDecimal(text);
            row.row().set(field.index(), isInt ? (Object) number.intValueExact() : number);
            return true;
        } catch (ArithmeticException | IllegalArgumentException e) { // as well of an exponent that no scale can be
            return false;
        }
    }

    private static boolean isNumberInText(Field field, JsonToken token, String text, EventRow row) {
        if (token != JsonToken.VALUE_STRING
                || !field.tolerates().contains(Accept.NUMBER_AS_TEXT)
                || !NUMBER.matcher(text).matches()) {
            return false;
        }
        row.accepted().add(Accept.NUMBER_AS_TEXT);
        return true;
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
