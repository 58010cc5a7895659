package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.qcompany.batch.feed.Condition.Test;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Dimension;
import java.util.List;

/** A declared rule across the columns of a record. A rule that reads a spoilt value is not applied. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = FeedRule.Holds.class, name = "holds"),
    @Type(value = FeedRule.Exists.class, name = "exists")
})
public sealed interface FeedRule {

    /** Code of a record that breaks it. */
    String code();

    /** Names of the columns it reads; the first is the one that is reported. */
    List<String> reads();

    /** The step that checks it. */
    RowStep compile(FeedFields fields, KnownKeys keys);

    /**
     * A condition holds.
     *
     * @param condition the condition
     * @param code code of a record for which it does not
     * @param allowed the condition in words
     */
    record Holds(
            @JsonProperty(required = true) Condition condition,
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String allowed)
            implements FeedRule {

        @Override
        public List<String> reads() {
            return condition.reads();
        }

        @Override
        public RowStep compile(FeedFields fields, KnownKeys keys) {
            Test test = condition.compile(fields);
            int reported = fields.indexOf(reads().get(0));
            return row -> {
                if (!test.holds(row.values())) {
                    row.violate(reported, code, allowed);
                }
            };
        }
    }

    /**
     * A key exists in a dimension; absent refers to nothing and is right.
     *
     * @param column column with the key
     * @param table table of the dimension
     * @param code code of a record whose key does not exist
     */
    record Exists(
            @JsonProperty(required = true) String column,
            @JsonProperty(required = true) String table,
            @JsonProperty(required = true) String code)
            implements FeedRule {

        @Override
        public List<String> reads() {
            return List.of(column);
        }

        @Override
        public RowStep compile(FeedFields fields, KnownKeys keys) {
            int index = fields.indexOf(column);
            Dimension dimension = OutputMapping.dimension(table)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Cannot look up %s in %s (expected a dimension)".formatted(column, table)));
            ColumnType expected = dimension.table().column(dimension.key()).type();
            if (!fields.field(column).type().equals(expected)) {
                throw new IllegalArgumentException("Cannot look up %s in %s.%s: its type is %s (expected %s)"
                        .formatted(
                                column,
                                table,
                                dimension.key(),
                                fields.field(column).type().hiveName(),
                                expected.hiveName()));
            }
            String allowed = "a key of " + table;
            return row -> {
                Object value = row.values()[index];
                if (value != null && !keys.knows(table, value)) {
                    row.violate(index, code, allowed);
                }
            };
        }
    }
}
