package com.qcompany.batch.feed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

/** Reads contracts: YAML in which everything unknown, repeated or left over is an error. */
final class ContractReader {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ContractReader() {}

    /**
     * Reads a contract and makes sure that it adds up.
     *
     * @param origin file name for messages
     * @throws IllegalArgumentException naming the file, and the line and key where they are known
     */
    static Feed read(InputStream in, String origin) throws IOException {
        try {
            return new Feed(YAML.readValue(in, Contract.class), origin);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Cannot load feed from %s%s: %s".formatted(origin, place(e), reason(e)), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot load feed from %s: %s".formatted(origin, e.getMessage()), e);
        }
    }

    private static String place(JacksonException e) {
        JsonLocation location = e.getLocation();
        String line = location == null ? "" : ", line " + location.getLineNr();
        String key = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream().map(ContractReader::step).collect(Collectors.joining())
                : "";
        return line + (key.isEmpty() ? "" : ", " + key.substring(1));
    }

    private static String step(Reference step) {
        return step.getFieldName() == null ? "[%d]".formatted(step.getIndex()) : "." + step.getFieldName();
    }

    /** The contract's own complaint where there is one, else the YAML reader's. */
    private static String reason(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException cause
                ? String.valueOf(cause.getMessage())
                : e.getOriginalMessage();
    }
}
