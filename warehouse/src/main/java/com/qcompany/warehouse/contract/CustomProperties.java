package com.qcompany.warehouse.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the standard's list of {@code property} and {@code value} as the components of one record. */
public final class CustomProperties extends JsonDeserializer<Object> implements ContextualDeserializer {

    private final @Nullable JavaType type;

    /** For Jackson, which then asks for one that knows its type. */
    public CustomProperties() {
        this(null);
    }

    private CustomProperties(@Nullable JavaType type) {
        this.type = type;
    }

    @JsonIgnoreProperties({"id", "description"})
    private record Entry(
            @JsonProperty(required = true) String property, @JsonProperty(required = true) JsonNode value) {}

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new CustomProperties(property.getType());
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        ObjectNode components = context.getNodeFactory().objectNode();
        for (Entry entry : context.readValue(parser, Entry[].class)) {
            if (components.has(entry.property())) {
                throw JsonMappingException.from(parser, "Duplicate property '%s'".formatted(entry.property()));
            }
            components.set(entry.property(), entry.value());
        }
        try {
            return context.readTreeAsValue(components, type);
        } catch (JsonMappingException e) {
            // The tree has lost its lines; the end of the list is the nearest that is known.
            JsonMappingException located = JsonMappingException.from(parser, e.getOriginalMessage(), e.getCause());
            e.getPath().forEach(step -> located.prependPath(step));
            throw located;
        }
    }
}
