package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.Contract.only;
import static com.qcompany.batch.feed.Contract.orEmpty;
import static com.qcompany.warehouse.contract.DataContract.require;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.qcompany.warehouse.contract.CustomProperties;
import com.qcompany.warehouse.contract.DataContract;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of a source file: its names, type and the rules for a value alone. Text is trimmed first, then cleaned;
 * what is then empty is absent.
 *
 * <p>Its rule codes are its name and {@code _missing}, {@code _invalid} (not of the type), {@code _out_of_range},
 * {@code _not_allowed} or {@code _malformed} (not the pattern).
 *
 * @param physicalType type in the warehouse, where the logical type leaves a choice
 * @param classification {@code personal} where its values tell of a person
 * @param quality allowed texts, and what is expected of what is measured of it
 * @param relationships the dimension whose key it is
 */
@JsonIgnoreProperties({
    "businessName",
    "criticalDataElement",
    "description",
    "examples",
    "id",
    "physicalName",
    "primaryKey",
    "tags",
    "unique"
})
record FeedColumn(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String logicalType,
        @Nullable String physicalType,
        boolean required,
        @Nullable String classification,
        ValueOptions logicalTypeOptions,
        @JsonTypeInfo(
                        use = JsonTypeInfo.Id.NAME,
                        include = JsonTypeInfo.As.EXISTING_PROPERTY,
                        property = "metric",
                        visible = true,
                        defaultImpl = Expectation.class)
                @JsonSubTypes(@JsonSubTypes.Type(value = FeedColumn.ValidValues.class, name = "invalidValues"))
                List<Quality> quality,
        List<Reference> relationships,
        @JsonDeserialize(using = CustomProperties.class) ColumnExtension customProperties) {

    FeedColumn {
        logicalTypeOptions = logicalTypeOptions == null ? ValueOptions.NONE : logicalTypeOptions;
        customProperties = customProperties == null ? ColumnExtension.NONE : customProperties;
        quality = orEmpty(quality);
        relationships = orEmpty(relationships);
        ColumnType type = DataContract.type(name, logicalType, physicalType);
        Kind kind = type.kind();
        boolean text = kind == Kind.TEXT;
        check(name, "format", kind == Kind.DATE, kind == Kind.DATE, logicalTypeOptions.format() != null);
        check(name, "spellings", kind == Kind.BOOLEAN, kind == Kind.BOOLEAN, customProperties.spellings() != null);
        check(name, "a range", type.isNumber() || kind == Kind.DATE, false, logicalTypeOptions.hasBounds());
        check(
                name,
                "validValues",
                text,
                false,
                !only(quality, ValidValues.class).isEmpty());
        check(name, "pattern", text, false, logicalTypeOptions.pattern() != null);
        check(name, "extract", text, false, customProperties.extract() != null);
        check(name, "split", text, false, customProperties.split() != null);
    }

    /** A key that exists in a dimension, such as {@code branch_dim.branch_id}; absent refers to nothing and is right. */
    record Reference(
            @Nullable String type,
            @JsonProperty(required = true) String to,
            @JsonProperty(required = true) @JsonDeserialize(using = CustomProperties.class) Coded customProperties) {

        Reference {
            require("type of a relationship", type, "foreignKey");
        }

        String table() {
            return to.split("\\.", 2)[0];
        }
    }

    /** A rule code. */
    record Coded(@JsonProperty(required = true) String code) {}

    /** The standard's metric of values out of a list, none of which is allowed. */
    @JsonIgnoreProperties({"description", "dimension", "id", "name", "tags", "type"})
    record ValidValues(
            @JsonProperty(required = true) String metric,
            @JsonProperty(required = true) int mustBe,
            @JsonProperty(required = true) Arguments arguments)
            implements Quality {

        record Arguments(@JsonProperty(required = true) List<String> validValues) {}

        ValidValues {
            require("metric", metric, "invalidValues");
            require("mustBe", String.valueOf(mustBe), "0");
        }
    }

    List<ValidValues> validValues() {
        return only(quality, ValidValues.class);
    }

    List<Expectation> expectations() {
        return only(quality, Expectation.class);
    }

    /** Whether its values tell of a person. */
    boolean isPersonal() {
        return "personal".equals(classification);
    }

    /** The value it gives to a record. */
    Column field() {
        boolean nullable = !required && whenAbsent() == null;
        return new Column(name, columnType(), nullable, "Column of the source", true);
    }

    ColumnType columnType() {
        return DataContract.type(name, logicalType, physicalType);
    }

    /** The value of an absent text: false where the empty text is a spelling of it. */
    @Nullable
    Object whenAbsent() {
        ColumnExtension.Spellings spellings = customProperties.spellings();
        return spellings != null && spellings.whenFalse().contains("") ? Boolean.FALSE : null;
    }

    /** Whether a record may end before it, and a header lack it. */
    boolean mayBeMissing() {
        return customProperties.mayBeMissing();
    }

    /** Its name in a rule code. */
    String code(String suffix) {
        return name + suffix;
    }

    /** Codes of all rules about it alone. */
    List<String> codes() {
        return Stream.of("_missing", "_invalid", "_out_of_range", "_not_allowed", "_malformed", "_unsplittable")
                .map(this::code)
                .toList();
    }

    /** The names it is known by in a header. */
    List<String> headerNames() {
        return Stream.concat(Stream.of(name), customProperties.aliases().stream())
                .toList();
    }

    /** Formats of a date, tried in turn. */
    List<String> formats() {
        return Stream.concat(Stream.ofNullable(logicalTypeOptions.format()), customProperties.formats().stream())
                .toList();
    }

    /** Makes sure that what it refers to is the key of a dimension, of its type. */
    void requireReferences() {
        for (Reference reference : relationships) {
            Dimension dimension = StarSchema.dimension(reference.table())
                    .filter(found -> reference.to().equals(found.table().name() + "." + found.key()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Cannot look up %s in %s (expected a dimension's key)".formatted(name, reference.to())));
            ColumnType expected = dimension.table().column(dimension.key()).type();
            if (!columnType().equals(expected)) {
                throw new IllegalArgumentException("Cannot look up %s in %s: its type is %s (expected %s)"
                        .formatted(name, reference.to(), columnType().hiveName(), expected.hiveName()));
            }
        }
    }

    private static void check(String name, String property, boolean fitting, boolean needed, boolean given) {
        if (given ? !fitting : needed) {
            throw new IllegalArgumentException("Cannot declare column %s with%s %s (its type %s)"
                    .formatted(name, given ? "" : "out", property, given ? "has none" : "needs it"));
        }
    }
}
