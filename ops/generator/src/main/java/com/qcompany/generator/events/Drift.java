package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What newer versions of the app write and the table does not declare; all of it is kept. */
enum Drift {
    NEW_FIELD("{\"device\": \"phone\"}"),
    NEW_NUMBER("{\"loyaltyPoints\": 1250}"),
    NEW_NESTED("{\"context\": {\"session\": {\"pages\": [1, 2, 3], \"referrer\": null}, \"beta\": true}}"),
    NEW_LIST("{\"tags\": [\"sale\", \"\\u00e9t\\u00e9 \\\"24\\\"\"]}"),
    NEW_METADATA("{\"metadata\": {\"campaign\": \"summer\", \"position\": {\"row\": 2}}}"),
    GONE_FIELD("{\"coupon\": null}");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String members;

    Drift(String members) {
        this.members = members;
    }

    /** Adds the members to an event, those of metadata to its metadata. */
    void addTo(ObjectNode event) {
        try {
            JSON.readerForUpdating(event).readValue(members);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot add %s to an event".formatted(members), e);
        }
    }
}
