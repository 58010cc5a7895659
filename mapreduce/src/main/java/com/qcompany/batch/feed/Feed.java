package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.FeedJson.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The declaration of one kind of source file: how its name looks, its columns, what is derived, which rules hold, and
 * which tables it fills. Made from JSON; a declaration that does not add up is refused when it is loaded.
 *
 * @param name snake_case name
 * @param filePattern regular expression of the names of its files, in any case
 * @param columns columns of the file, in their usual order
 * @param derived columns made from others, in this order
 * @param rules rules across columns
 * @param outputs tables its records go to
 */
public record Feed(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String filePattern,
        @JsonProperty(required = true) List<FeedColumn> columns,
        List<Derivation> derived,
        List<FeedRule> rules,
        @JsonProperty(required = true) List<FeedOutput> outputs) {

    public Feed {
        columns = List.copyOf(columns);
        derived = orEmpty(derived);
        rules = orEmpty(rules);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(FeedColumn.compile(name, filePattern));
        FeedFields fields = new FeedFields(name, columns, derived);
        FixCounts fixes = new FixCounts();
        columns.forEach(column -> new ColumnReader(column, fields.indexOf(column.name()), fixes));
        derived.forEach(derivation -> derivation.compile(fields, fixes));
        for (FeedRule rule : rules) {
            rule.reads().forEach(fields::indexOf);
            rule.compile(fields, (table, key) -> true);
        }
        outputs.forEach(output -> new OutputMapping(name, fields, output));
    }

    /**
     * Reads a declaration.
     *
     * @param origin where it comes from, for messages
     * @throws IllegalArgumentException for an unknown property or kind, a reference to a column that is not declared,
     *     or an output that does not fit its table
     */
    public static Feed read(InputStream in, String origin) throws IOException {
        return FeedJson.read(in, origin);
    }

    /** Whether a file of that name belongs to it. */
    public boolean hasFile(String fileName) {
        return Pattern.compile(filePattern, Pattern.CASE_INSENSITIVE)
                .matcher(fileName)
                .matches();
    }

    /** The values of an accepted record, in order: the columns, then what is derived. */
    public List<FeedField> fields() {
        return resolved().all();
    }

    /** Index of a field in an accepted record's values. */
    public int indexOf(String field) {
        return resolved().indexOf(field);
    }

    /** A new mapping for each output, in order. */
    public List<OutputMapping> mappings() {
        FeedFields fields = resolved();
        return outputs.stream()
                .map(output -> new OutputMapping(name, fields, output))
                .toList();
    }

    FeedFields resolved() {
        return new FeedFields(name, columns, derived);
    }
}
