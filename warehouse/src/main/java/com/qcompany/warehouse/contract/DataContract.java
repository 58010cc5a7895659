package com.qcompany.warehouse.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A contract in the shape of the Open Data Contract Standard 3.1, of which one object of {@code schema} is read.
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
public record DataContract<B>(
        @JsonProperty(required = true) String apiVersion,
        @JsonProperty(required = true) String kind,
        @JsonProperty(required = true) String id,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String version,
        @JsonProperty(required = true) String status,
        @Nullable JsonNode description,
        @JsonProperty(required = true) List<B> schema) {

    /** Reads and writes YAML in which nothing is repeated or left over. */
    public static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads YAML in which everything unknown, repeated or left over is an error that names the line and key. */
    public static <B> DataContract<B> read(ContractText text, Class<B> body) {
        try {
            JavaType type = YAML.getTypeFactory().constructParametricType(DataContract.class, body);
            DataContract<B> contract = YAML.readValue(text.yaml(), type);
            if (contract == null) {
                throw new IllegalArgumentException("there is nothing in it (expected a data contract)");
            }
            return contract;
        } catch (JacksonException e) {
            // The contract's own complaint where there is one, else the YAML reader's.
            String reason =
                    e.getCause() instanceof IllegalArgumentException own ? own.getMessage() : e.getOriginalMessage();
            throw new IllegalArgumentException("%s: %s".formatted(place(e, text), reason), e);
        }
    }

    private static String place(JacksonException e, ContractText text) {
        List<Reference> path = e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        OptionalInt line = OptionalInt.empty();
        for (int length = path.size(); length > 0 && line.isEmpty(); length--) {
            line = line(path.subList(0, length), text);
        }
        if (line.isEmpty() && e.getLocation() != null) {
            line = OptionalInt.of(e.getLocation().getLineNr());
        }
        String key = path.stream()
                .map(step ->
                        step.getFieldName() == null ? "[%d]".formatted(step.getIndex()) : "." + step.getFieldName())
                .collect(Collectors.joining());
        String place = line.isEmpty() ? "" : "line " + line.getAsInt();
        return key.isEmpty() ? place : place + ", " + key.substring(1);
    }

    /** Line of a key; a custom property is known by its name. */
    private static OptionalInt line(List<Reference> path, ContractText contract) {
        String list = pointer(path.subList(0, path.size() - 1)) + "/";
        Reference last = path.get(path.size() - 1);
        return contract.line((pointer, text) -> pointer.equals(pointer(path))
                || pointer.startsWith(list) && pointer.endsWith("/property") && text.equals(last.getFieldName()));
    }

    private static String pointer(List<Reference> path) {
        return path.stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
    }

    public DataContract {
        schema = List.copyOf(schema);
        require("apiVersion", apiVersion, "v3.1.0");
        require("kind", kind, "DataContract");
        if (schema.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot use schema: %d objects (expected one, the file)".formatted(schema.size()));
        }
    }

    /** The object that is read. */
    public B body() {
        return schema.get(0);
    }

    /** The type of the logical type and, where that leaves a choice, the physical one. */
    public static ColumnType type(String column, String logical, @Nullable String physical) {
        String name = physical != null ? physical : logical.equals("integer") ? "int" : logical;
        ColumnType type = ColumnType.parse(name);
        String expected = type.kind() == Kind.DECIMAL ? "number" : type.isNumber() ? "integer" : name;
        require("logical type of column %s with type %s".formatted(column, name), logical, expected);
        return type;
    }

    /** Refuses another value of a key than the one that is allowed. */
    public static void require(String key, @Nullable String value, String allowed) {
        if (!allowed.equals(value)) {
            throw new IllegalArgumentException("Cannot use %s: %s (expected %s)".formatted(key, value, allowed));
        }
    }
}
