package com.qcompany.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;

/**
 * What the documentation tells of a feed's contract, which is YAML after the Open Data Contract Standard.
 *
 * @param derivations expressions by the field that is computed
 * @param splits columns by the fields that are parts of them
 * @param outputs fields by table and column, where the names differ; tables by their names
 */
public record FeedContract(
        String name,
        String version,
        String purpose,
        List<Column> columns,
        Map<String, String> rules,
        Map<String, String> derivations,
        Map<String, String> splits,
        Map<String, Map<String, String>> outputs) {

    /** A column of a file; by its other names too. */
    public record Column(String name, String type, boolean required, String aliases, String description) {}

    /** Where a program gets the texts of the contracts that count by its configuration. */
    public interface Source {
        /** A text for each contract. */
        List<String> yaml(Configuration conf) throws IOException;
    }

    /**
     * Reads contracts.
     *
     * @throws IOException if one cannot be read as YAML
     */
    public static List<FeedContract> read(List<String> texts) throws IOException {
        List<FeedContract> contracts = new ArrayList<>();
        for (String yaml : texts) {
            contracts.add(of(new YAMLMapper().readTree(yaml)));
        }
        return contracts;
    }

    private static FeedContract of(JsonNode contract) {
        JsonNode body = contract.at("/schema/0");
        Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
        for (JsonNode output : custom(body, "outputs")) {
            Map<String, String> renamed = new LinkedHashMap<>();
            output.path("renamed")
                    .fields()
                    .forEachRemaining(entry ->
                            renamed.put(entry.getKey(), entry.getValue().asText()));
            outputs.put(text(output, "table"), renamed);
        }
        List<Column> columns = new ArrayList<>();
        Map<String, String> splits = new LinkedHashMap<>();
        for (JsonNode property : body.path("properties")) {
            columns.add(column("", property));
            property.path("properties").forEach(part -> columns.add(column(text(property, "name") + ".", part)));
            custom(property, "split").path("into").forEach(part -> splits.put(part.asText(), text(property, "name")));
        }
        return new FeedContract(
                text(contract, "name"),
                text(contract, "version"),
                text(contract.path("description"), "purpose"),
                columns,
                byName(body.path("quality"), "description"),
                byName(custom(body, "derivations"), "expression"),
                splits,
                outputs);
    }

    /** The columns of the file that a column of a table is made of; empty where the load supplies it. */
    public Set<String> sources(String table, String column) {
        Set<String> sources = new TreeSet<>();
        collect(outputs.getOrDefault(table, Map.of()).getOrDefault(column, column), sources);
        return sources;
    }

    private void collect(String field, Set<String> sources) {
        if (splits.containsKey(field)) {
            sources.add(splits.getOrDefault(field, field));
        } else if (columns.stream().anyMatch(column -> column.name.equals(field))) {
            sources.add(field);
        } else {
            Arrays.stream(derivations.getOrDefault(field, "").split("\\W+"))
                    .filter(word -> !word.equals(field) && !word.isEmpty())
                    .forEach(word -> collect(word, sources));
        }
    }

    private static Column column(String prefix, JsonNode property) {
        List<String> aliases = StreamSupport.stream(custom(property, "aliases").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new Column(
                prefix + text(property, "name"),
                text(property, "logicalType"),
                property.path("required").asBoolean(),
                String.join(", ", aliases),
                text(property, "description"));
    }

    /** The standard's place for what it has no word for. */
    private static JsonNode custom(JsonNode node, String property) {
        for (JsonNode entry : node.path("customProperties")) {
            if (text(entry, "property").equals(property)) {
                return entry.path("value");
            }
        }
        return node.path("");
    }

    private static Map<String, String> byName(JsonNode entries, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach(entry -> texts.put(text(entry, "name"), text(entry, field)));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
