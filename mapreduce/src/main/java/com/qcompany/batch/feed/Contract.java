package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.qcompany.warehouse.contract.CustomProperties;
import com.qcompany.warehouse.contract.DataContract;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a feed's contract says of its files: the object of a {@link com.qcompany.warehouse.contract.DataContract}. */
final class Contract {

    private Contract() {}

    /** The file's columns, the rules across them, and what is made of them. */
    @JsonIgnoreProperties({"id", "businessName", "dataGranularityDescription", "description", "physicalName", "tags"})
    record Body(
            @JsonProperty(required = true) String name,
            @Nullable String logicalType,
            @Nullable String physicalType,
            @JsonProperty(required = true) List<FeedColumn> properties,
            @JsonTypeInfo(
                            use = JsonTypeInfo.Id.NAME,
                            include = JsonTypeInfo.As.EXISTING_PROPERTY,
                            property = "engine",
                            visible = true,
                            defaultImpl = Expectation.class)
                    @JsonSubTypes(
                            @JsonSubTypes.Type(
                                    value = Rule.class,
                                    names = {"jexl", Rule.JAVA}))
                    List<Quality> quality,
            @JsonProperty(required = true) @JsonDeserialize(using = CustomProperties.class)
                    Extension customProperties) {

        Body {
            properties = List.copyOf(properties);
            quality = orEmpty(quality);
        }

        List<Rule> rules() {
            return only(quality, Rule.class);
        }

        List<Expectation> expectations() {
            return only(quality, Expectation.class);
        }
    }

    /**
     * A rule across the columns of a record: its name is the rule code, its implementation an expression that is true where
     * it holds, or the class of a {@link RowRule}.
     */
    @JsonIgnoreProperties({"businessImpact", "dimension", "id", "tags"})
    record Rule(
            @JsonProperty(required = true) String type,
            @JsonProperty(required = true) String engine,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String description,
            @JsonProperty(required = true) String implementation,
            Severity severity,
            @Nullable BigDecimal mustBeLessOrEqualTo,
            Limit.Unit unit)
            implements Quality {

        static final String JAVA = "java";

        Rule {
            DataContract.require("type of rule " + name, type, "custom");
            if (!engine.equals(JAVA)) {
                DataContract.require("engine of rule " + name, engine, "jexl");
            }
            severity = severity == null ? Severity.REJECT : severity;
            unit = unit == null ? Limit.Unit.ROWS : unit;
        }

        @Nullable
        Limit limit() {
            return Limit.of(severity, mustBeLessOrEqualTo == null ? null : new Limit(mustBeLessOrEqualTo, unit));
        }
    }

    /**
     * What the standard has no word for. File names and placeholders are compared in any case; a group is complete without
     * a file that may be missing, and is refused where more lines than the limit are rejected.
     */
    record Extension(
            @JsonProperty(required = true) Pattern filePattern,
            boolean mayBeMissing,
            UnknownColumns unknownColumns,
            @Nullable Limit rejections,
            Set<String> placeholders,
            Corrections corrections,
            List<Derivation> derivations,
            @JsonProperty(required = true) List<Output> outputs) {

        Extension {
            filePattern = Pattern.compile(filePattern.pattern(), Pattern.CASE_INSENSITIVE);
            placeholders = placeholders == null
                    ? Set.of()
                    : placeholders.stream()
                            .map(word -> word.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet());
            unknownColumns = unknownColumns == null ? UnknownColumns.RESCUE : unknownColumns;
            corrections = corrections == null ? Corrections.SUPERSEDE : corrections;
            derivations = orEmpty(derivations);
            outputs = List.copyOf(outputs);
        }
    }

    /** What becomes of columns that the contract does not declare. */
    enum UnknownColumns {
        /** They are kept in {@code extras}. */
        @JsonProperty("rescue")
        RESCUE,
        /** They become columns of its table, see {@link AddedColumns}. */
        @JsonProperty("add")
        ADD,
        /** A file that has one is refused. */
        @JsonProperty("fail")
        FAIL
    }

    /**
     * A table that the records go to. A column is filled from the field of its name unless it is renamed, to the name of
     * another field, or supplied by the load, such as the source and the run; every column must be one of the three.
     */
    record Output(@JsonProperty(required = true) String table, Map<String, String> renamed, List<String> supplied) {

        Output {
            renamed = renamed == null ? Map.of() : Map.copyOf(renamed);
            supplied = orEmpty(supplied);
        }
    }

    /**
     * A number that is computed from others, exactly. A result that is missing though it is required, or that the type
     * does not hold, breaks the rule {@code <name>_inexact}.
     */
    record Derivation(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String type,
            boolean required,
            @JsonProperty(required = true) String expression) {

        Derivation {
            if (!ColumnType.parse(type).isNumber()) {
                throw new IllegalArgumentException(
                        "Cannot compute %s as %s (expected int, bigint or decimal(p,s))".formatted(name, type));
            }
        }

        Column field() {
            return new Column(name, ColumnType.parse(type), !required, "Computed", true);
        }
    }

    /** A copy of a list that a contract may leave out. */
    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Those of a class. */
    static <T> List<T> only(List<? super T> list, Class<T> kind) {
        return list.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
