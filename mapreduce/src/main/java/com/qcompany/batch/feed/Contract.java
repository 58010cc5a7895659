package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A feed's contract in the shape of the Open Data Contract Standard 3.1, of which one object of {@code schema} is read.
 * Sections that say nothing about records (team, servers, prices and the like) may stand there and are not read.
 */
@JsonIgnoreProperties({
    "authoritativeDefinitions",
    "contractCreatedTs",
    "dataProduct",
    "domain",
    "price",
    "roles",
    "servers",
    "slaDefaultElement",
    "slaProperties",
    "support",
    "tags",
    "team",
    "tenant"
})
record Contract(
        @JsonProperty(required = true) String apiVersion,
        @JsonProperty(required = true) String kind,
        @JsonProperty(required = true) String id,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) String status,
        @Nullable JsonNode description,
        @JsonProperty(required = true) List<Body> schema) {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads YAML in which everything unknown, repeated or left over is an error that names the line and key. */
    static Contract read(InputStream in) throws IOException {
        try {
            return YAML.readValue(in, Contract.class);
        } catch (JacksonException e) {
            // The contract's own complaint where there is one, else the YAML reader's.
            String reason =
                    e.getCause() instanceof IllegalArgumentException own ? own.getMessage() : e.getOriginalMessage();
            throw new IllegalArgumentException("%s: %s".formatted(place(e), reason), e);
        }
    }

    private static String place(JacksonException e) {
        String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
        String key = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null
                                ? "[%d]".formatted(step.getIndex())
                                : "." + step.getFieldName())
                        .collect(Collectors.joining())
                : "";
        return key.isEmpty() ? line : line + ", " + key.substring(1);
    }

    Contract {
        schema = List.copyOf(schema);
        require("apiVersion", apiVersion, "v3.1.0");
        require("kind", kind, "DataContract");
        if (schema.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot use schema: %d objects (expected one, the file)".formatted(schema.size()));
        }
    }

    Body body() {
        return schema.get(0);
    }

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
                    @JsonSubTypes(@JsonSubTypes.Type(value = Rule.class, name = "jexl"))
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

    /** A rule across the columns of a record: its name is the rule code, its expression is true where it holds. */
    @JsonIgnoreProperties({"businessImpact", "dimension", "id", "tags"})
    record Rule(
            @JsonProperty(required = true) String type,
            @JsonProperty(required = true) String engine,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String description,
            @JsonProperty(required = true) String implementation)
            implements Quality {

        Rule {
            require("type of rule " + name, type, "custom");
            require("engine of rule " + name, engine, "jexl");
        }
    }

    /** What the standard has no word for. File names and placeholders are compared in any case. */
    record Extension(
            @JsonProperty(required = true) Pattern filePattern,
            Set<String> placeholders,
            Corrections corrections,
            List<Derivation> derivations,
            @JsonProperty(required = true) List<Output> outputs) {

        Extension {
            placeholders = placeholders == null
                    ? Set.of()
                    : placeholders.stream()
                            .map(word -> word.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet());
            corrections = corrections == null ? Corrections.SUPERSEDE : corrections;
            derivations = orEmpty(derivations);
            outputs = List.copyOf(outputs);
        }
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

    static void require(String key, @Nullable String value, String allowed) {
        if (!allowed.equals(value)) {
            throw new IllegalArgumentException("Cannot use %s: %s (expected %s)".formatted(key, value, allowed));
        }
    }
}
