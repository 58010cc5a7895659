package com.qcompany.stream.produce;

import java.util.List;
import java.util.SplittableRandom;

/** What newer versions of the app write and the table does not declare; all of it is kept. */
enum Drift {
    NEW_FIELD("\"device\": \"phone\"", ""),
    NEW_NUMBER("\"loyaltyPoints\": 1250", ""),
    NEW_NESTED("\"context\": {\"session\": {\"pages\": [1, 2, 3], \"referrer\": null}, \"beta\": true}", ""),
    NEW_LIST("\"tags\": [\"sale\", \"summer \\u00e9dition\"]", ""),
    NEW_METADATA("", "\"campaign\": \"summer\", \"position\": {\"row\": 2}"),
    GONE_FIELD("\"coupon\": null", "");

    static final List<Drift> ALL = List.of(values());

    private final String members;
    private final String metadata;

    Drift(String members, String metadata) {
        this.members = members;
        this.metadata = metadata;
    }

    static Drift draw(SplittableRandom random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    byte[] bytes(AppEvent event) {
        return event.bytes(members, metadata);
    }
}
