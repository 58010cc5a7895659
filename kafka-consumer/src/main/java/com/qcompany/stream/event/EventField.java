package com.qcompany.stream.event;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The fields of an event that have a column of their own, as the app writes them, in the order of the columns. */
enum EventField {
    EVENT_TYPE("eventType"),
    CUSTOMER_ID("customerId"),
    PRODUCT_ID("productId"),
    TIMESTAMP("timestamp"),
    CATEGORY("metadata.category"),
    SOURCE("metadata.source"),
    QUANTITY("quantity"),
    TOTAL_AMOUNT("totalAmount"),
    PAYMENT_METHOD("paymentMethod"),
    RECOMMENDED_PRODUCT_ID("recommendedProductId"),
    ALGORITHM("algorithm");

    /** Name of the object whose fields are columns and extras of the event as well. */
    static final String METADATA = "metadata";
    /** What goes before the names of that object's fields. */
    static final String METADATA_PREFIX = METADATA + ".";

    private final String path;
    private final Column column;

    EventField(String path) {
        this.path = path;
        this.column = StarSchema.KAFKA.column(name(path).toLowerCase(Locale.ROOT));
    }

    /** Fields at the top of an event, by name. */
    static Map<String, EventField> ofEvent() {
        return byName(field -> !field.path.startsWith(METADATA_PREFIX));
    }

    /** Fields of the metadata object, by name. */
    static Map<String, EventField> ofMetadata() {
        return byName(field -> field.path.startsWith(METADATA_PREFIX));
    }

    /** Name in the event, {@code metadata.} before it where it is of that object. */
    String path() {
        return path;
    }

    /** The column it fills. */
    Column column() {
        return column;
    }

    /** A hash map, which finds a name in half the time that an immutable map takes. */
    private static Map<String, EventField> byName(Predicate<EventField> wanted) {
        Map<String, EventField> fields = new HashMap<>();
        Arrays.stream(values()).filter(wanted).forEach(field -> fields.put(name(field.path), field));
        return fields;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
