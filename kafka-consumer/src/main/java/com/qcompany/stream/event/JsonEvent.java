package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object after the other into rows: known fields into their columns, the others into the
 * extras. Not thread-safe.
 */
final class JsonEvent {

    private static final Map<String, EventField> OF_EVENT = EventField.ofEvent();
    private static final Map<String, EventField> OF_METADATA = EventField.ofMetadata();

    private final EventColumns columns;
    private final Set<EventField> seen = EnumSet.noneOf(EventField.class);

    JsonEvent(EventColumns columns) {
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
    }

    private void readEvent(JsonText json, EventRow row) throws IOException, UnfitEvent {
        boolean hasMetadata = false;
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!name.equals(EventField.METADATA)) {
                readMember(OF_EVENT.get(name), name, token, json, row);
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
            throw new UnfitEvent(Rejection.mismatch(EventField.METADATA, json.received(), "an object"));
        }
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken inner = parser.nextToken();
            readMember(OF_METADATA.get(name), EventField.METADATA_PREFIX + name, inner, json, row);
        }
    }

    private void readMember(@Nullable EventField field, String path, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (field == null) {
            readExtra(path, token, json, row);
        } else if (seen.add(field)) {
            columns.read(field, token, json, row);
        } else {
            throw new UnfitEvent(Rejection.duplicate(path));
        }
    }

    private static void readExtra(String name, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        if (!row.addExtra(json.whole(name), token == JsonToken.VALUE_NULL ? null : json.extra(token))) {
            throw new UnfitEvent(Rejection.duplicate(name));
        }
    }
}
