package com.qcompany.warehouse.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the app log's events: which fields they have, of which type, which must be there, and which further
 * spellings of a value are read. A field fills the column of table {@code kafka} that has its name in lower case; those of
 * the object {@link #METADATA} too. A contract that does not have just the columns of the table is refused when it is read.
 *
 * @param fields in the order of the contract
 */
public record EventContract(ContractText text, String version, List<Field> fields) {
    public static final String NAME = "app_events";
    /** Name of the object whose fields are columns and extras of the event as well. */
    public static final String METADATA = "metadata";

    private static final Table TABLE = StarSchema.KAFKA;
    private static final String TIME_FORMAT = "uuuu-MM-dd'T'HH:mm:ss";

    /** What may be read of a field besides its one form; each use is counted. */
    public enum Accept {
        /** A timestamp as a number of milliseconds since 1970 UTC, of 1973 or later. */
        @JsonProperty("epochMillis")
        EPOCH_MILLIS,
        /** A timestamp with a blank between date and time. */
        @JsonProperty("blankInTime")
        BLANK_IN_TIME,
        /** A timestamp with Z or an offset, which is converted to the stream's zone. */
        @JsonProperty("zoneOffset")
        ZONE_OFFSET,
        /** A number in quotes. */
        @JsonProperty("numberAsText")
        NUMBER_AS_TEXT;

        /** The rule as metrics have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private boolean isOf(Kind kind) {
            return kind == Kind.TIMESTAMP || this == NUMBER_AS_TEXT && kind != Kind.TEXT;
        }
    }

    /**
     * A field of an event.
     *
     * @param name its name in its object
     * @param ofMetadata whether that is {@link #METADATA}
     * @param required whether an event without a value of it is rejected
     */
    public record Field(
            String name, boolean ofMetadata, Column column, int index, boolean required, Set<Accept> tolerates) {

        private static Field of(Property property, boolean ofMetadata) {
            Column column = TABLE.column(property.name.toLowerCase(Locale.ROOT));
            ColumnType type = DataContract.type(property.name, property.logicalType, property.physicalType);
            DataContract.require(
                    "type of " + property.name, type.hiveName(), column.type().hiveName());
            if (property.logicalTypeOptions != null) {
                DataContract.require("format of " + property.name, property.logicalTypeOptions.format, TIME_FORMAT);
            }
            Set<Accept> tolerates = EnumSet.noneOf(Accept.class);
            if (property.customProperties != null) {
                tolerates.addAll(property.customProperties.tolerates);
            }
            tolerates.forEach(rule -> {
                if (!rule.isOf(type.kind())) {
                    throw new IllegalArgumentException("Cannot tolerate %s in %s (its type is %s)"
                            .formatted(rule.text(), property.name, type.hiveName()));
                }
            });
            return new Field(
                    property.name, ofMetadata, column, TABLE.indexOf(column.name()), property.required, tolerates);
        }

        /** Its name in the event, {@code metadata.} before it where it is of that object. */
        public String path() {
            return ofMetadata ? METADATA + "." + name : name;
        }
    }

    @JsonIgnoreProperties({"id", "businessName", "description", "physicalName", "tags"})
    private record Body(
            @JsonProperty(required = true) String name,
            @Nullable String logicalType,
            @Nullable String physicalType,
            @JsonProperty(required = true) List<Property> properties) {}

    @JsonIgnoreProperties({"businessName", "classification", "description", "examples", "id", "physicalName", "tags"})
    private record Property(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String logicalType,
            @Nullable String physicalType,
            boolean required,
            @Nullable Options logicalTypeOptions,
            @Nullable List<Property> properties,
            @Nullable @JsonDeserialize(using = CustomProperties.class) Extension customProperties) {}

    private record Options(@Nullable String format) {}

    private record Extension(@JsonProperty(required = true) List<Accept> tolerates) {}

    public EventContract {
        fields = List.copyOf(fields);
        for (Column column : TABLE.columns().subList(0, TABLE.indexOf("extras"))) {
            if (fields.stream().noneMatch(field -> field.column.equals(column))) {
                throw new IllegalArgumentException("nothing fills %s.%s (expected a property of that name)"
                        .formatted(TABLE.name(), column.name()));
            }
        }
    }

    private static EventContract of(ContractText text, DataContract<Body> contract) {
        DataContract.require("name", contract.name(), NAME);
        List<Field> fields = new ArrayList<>();
        for (Property property : contract.body().properties()) {
            KeyException.naming("properties", property.name, () -> add(property, fields));
        }
        return new EventContract(text, contract.version(), fields);
    }

    private static boolean add(Property property, List<Field> fields) {
        boolean isObject = property.logicalType.equals("object");
        if (isObject != (property.properties != null) || isObject && !property.name.equals(METADATA)) {
            throw new IllegalArgumentException(
                    "Cannot use object %s (expected %s, with properties)".formatted(property.name, METADATA));
        }
        for (Property field : isObject ? Objects.requireNonNull(property.properties) : List.of(property)) {
            KeyException.naming("properties", field.name, () -> add(Field.of(field, isObject), fields));
        }
        return isObject;
    }

    private static boolean add(Field field, List<Field> fields) {
        if (field.index >= TABLE.indexOf("extras") || fields.stream().anyMatch(other -> other.index == field.index)) {
            throw new IllegalArgumentException("Cannot put %s into %s.%s (expected a column of the event, each once)"
                    .formatted(field.path(), TABLE.name(), field.column.name()));
        }
        return fields.add(field);
    }

    /** Whether a text is, by its name, a contract of events. */
    public static boolean isOf(ContractText text) {
        return text.line((pointer, value) -> pointer.equals("/name") && value.equals(NAME))
                .isPresent();
    }

    /**
     * Reads a contract.
     *
     * @throws UsageException naming the file, and line and key where they are known, if it cannot be used
     */
    public static EventContract read(ContractText text) {
        try {
            return of(text, DataContract.read(text, Body.class));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(text.cannotUse(e).getMessage()), e);
        }
    }

    /** The contract that counts: that of {@code q.contracts} where it has one, else the built-in one. */
    public static EventContract of(Configuration conf) throws IOException {
        return among(ContractText.of(conf));
    }

    /** That of some contracts, else the built-in one. */
    public static EventContract among(List<ContractText> texts) {
        List<ContractText> found = texts.stream().filter(EventContract::isOf).toList();
        if (found.size() > 1) {
            throw new UsageException("Cannot use %s: another file is of feed %s too (expected one)"
                    .formatted(found.get(1).origin(), NAME));
        }
        return read(found.isEmpty() ? ContractText.ofResource(EventContract.class, NAME + ".yaml") : found.get(0));
    }

    public Field field(String column) {
        return fields.stream()
                .filter(field -> field.column.name().equals(column))
                .findFirst()
                .orElseThrow();
    }
}
