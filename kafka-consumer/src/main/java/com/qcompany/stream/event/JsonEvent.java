package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.qcompany.warehouse.contract.EventContract;
import com.qcompany.warehouse.contract.EventContract.Field;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object after the other into rows: known fields into their columns, the others into the
 * extras. Not thread-safe.
 */
final class JsonEvent {

    /** What goes before the names of fields of metadata. */
    private static final String METADATA_PREFIX = EventContract.METADATA + ".";

    private final Map<String, Field> ofEvent = new HashMap<>();
    private final Map<String, Field> ofMetadata = new HashMap<>();
    private final List<Field> required;
    private final EventColumns columns;
    private final BitSet seen = new BitSet();

    JsonEvent(EventContract contract, EventColumns columns) {
        contract.fields().forEach(field -> (field.ofMetadata() ? ofMetadata : ofEvent).put(field.name(), field));
        this.required = contract.fields().stream().filter(Field::required).toList();
        this.columns = columns;
    }

    /**
     * Reads the parser's object to the end of the input.
     *
     * @throws IOException if it is no JSON
     */
    void read(JsonText json, EventRow row) throws IOException, UnfitEvent {
        JsonParser parser = json.parser();
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new UnfitEvent(Rejection.Code.BROKEN_JSON, "Cannot read event: it is empty (expected a JSON object)");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new UnfitEvent(
                    Rejection.Code.NOT_AN_OBJECT,
                    "Cannot read event: it is %s (expected a JSON object)"
                            .formatted(first == JsonToken.START_ARRAY ? "an array" : "a single value"));
        }
        seen.clear();
        readEvent(json, row);
        if (parser.nextToken() != null) {
            throw new UnfitEvent(
                    Rejection.Code.BROKEN_JSON, "Cannot read event: it goes on after its end (expected one object)");
        }
        for (Field field : required) {
            if (row.row().stored(field.index()) == null) {
                throw new UnfitEvent(
                        Rejection.mismatch(field.column().name(), "null", "a value, which the contract requires"));
            }
        }
    }

    private void readEvent(JsonText json, EventRow row) throws IOException, UnfitEvent {
        boolean hasMetadata = false;
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!name.equals(EventContract.METADATA)) {
                readMember(ofEvent.get(name), "", name, token, json, row);
                continue;
            }
            if (hasMetadata) {
                throw new UnfitEvent(Rejection.duplicate(name));
            }
            hasMetadata = true;
            readMetadata(token, json, row);
        }
    }

    private void readMetadata(JsonToken token, JsonText json, EventRow row) throws IOException, UnfitEvent {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw new UnfitEvent(Rejection.mismatch(EventContract.METADATA, json.received(), "an object"));
        }
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken inner = parser.nextToken();
            readMember(ofMetadata.get(name), METADATA_PREFIX, name, inner, json, row);
        }
    }

    private void readMember(
            @Nullable Field field, String prefix, String name, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (field == null) {
            readExtra(prefix + name, token, json, row);
        } else if (seen.get(field.index())) {
            throw new UnfitEvent(Rejection.duplicate(prefix + name));
        } else {
            seen.set(field.index());
            columns.read(field, token, json, row);
        }
    }

    private static void readExtra(String name, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (!row.addExtra(json.whole(name), token == JsonToken.VALUE_NULL ? null : json.extra(token))) {
            throw new UnfitEvent(Rejection.duplicate(name));
        }
    }
}
