package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.qcompany.warehouse.contract.EventContract;
import com.qcompany.warehouse.contract.EventContract.Field;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the members of one JSON object after the other into rows: known fields into their columns, the others into the
 * extras. Not thread-safe.
 */
final class JsonEvent {

    /** What goes before the names of fields of metadata. */
    private static final String METADATA_PREFIX = EventContract.METADATA + ".";
    /** Where it is noted that metadata was seen: after the columns. */
    private static final int METADATA_INDEX = StarSchema.KAFKA.columns().size();

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
        readMembers(ofEvent, "", json, row);
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

    /** @param prefix what goes before the names of the object's fields, to tell them from those of another */
    private void readMembers(Map<String, Field> fields, String prefix, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Field field = fields.get(name);
            if (field != null) {
                requireFirst(field.index(), prefix, name);
                columns.read(field, token, json, row);
            } else if (prefix.isEmpty() && name.equals(EventContract.METADATA)) {
                requireFirst(METADATA_INDEX, prefix, name);
                readMetadata(token, json, row);
            } else {
                readExtra(prefix + name, token, json, row);
            }
        }
    }

    private void readMetadata(JsonToken token, JsonText json, EventRow row) throws IOException, UnfitEvent {
        if (token == JsonToken.START_OBJECT) {
            readMembers(ofMetadata, METADATA_PREFIX, json, row);
        } else if (token != JsonToken.VALUE_NULL) {
            throw new UnfitEvent(Rejection.mismatch(EventContract.METADATA, json.received(), "an object"));
        }
    }

    private void requireFirst(int index, String prefix, String name) throws UnfitEvent {
        if (seen.get(index)) {
            throw new UnfitEvent(Rejection.duplicate(prefix + name));
        }
        seen.set(index);
    }

    private static void readExtra(String name, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (!row.addExtra(json.whole(name), token == JsonToken.VALUE_NULL ? null : json.extra(token))) {
            throw new UnfitEvent(Rejection.duplicate(name));
        }
    }
}
