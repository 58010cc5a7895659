package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A declared condition on a record: {@code {"iff": [{"is_true": "is_online"}, {"present": "shipping_address"}]}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @Type(value = Condition.Present.class, name = "present"),
    @Type(value = Condition.Absent.class, name = "absent"),
    @Type(value = Condition.IsTrue.class, name = "is_true"),
    @Type(value = Condition.All.class, name = "all"),
    @Type(value = Condition.Any.class, name = "any"),
    @Type(value = Condition.Not.class, name = "not"),
    @Type(value = Condition.Iff.class, name = "iff")
})
public sealed interface Condition {

    /** A compiled condition. */
    @FunctionalInterface
    interface Test {
        /** Whether the values meet it. */
        boolean holds(@Nullable Object[] values);
    }

    /** The test on a feed's fields. */
    Test compile(FeedFields fields);

    /** Names of the columns it reads, the first being the one it is about. */
    List<String> reads();

    /** The column has a value. */
    record Present(String column) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Present {}

        @Override
        public Test compile(FeedFields fields) {
            int index = fields.indexOf(column);
            return values -> values[index] != null;
        }

        @Override
        public List<String> reads() {
            return List.of(column);
        }
    }

    /** The column has no value. */
    record Absent(String column) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Absent {}

        @Override
        public Test compile(FeedFields fields) {
            int index = fields.indexOf(column);
            return values -> values[index] == null;
        }

        @Override
        public List<String> reads() {
            return List.of(column);
        }
    }

    /** The boolean column is true; absent is not true. */
    record IsTrue(String column) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public IsTrue {}

        @Override
        public Test compile(FeedFields fields) {
            int index = fields.booleanAt(column);
            return values -> Boolean.TRUE.equals(values[index]);
        }

        @Override
        public List<String> reads() {
            return List.of(column);
        }
    }

    /** Every part holds. */
    record All(List<Condition> parts) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public Test compile(FeedFields fields) {
            Test[] tests = compiled(parts, fields);
            return values -> {
                for (Test test : tests) {
                    if (!test.holds(values)) {
                        return false;
                    }
                }
                return true;
            };
        }

        @Override
        public List<String> reads() {
            return readsOf(parts.stream());
        }
    }

    /** Some part holds. */
    record Any(List<Condition> parts) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public Test compile(FeedFields fields) {
            Test[] tests = compiled(parts, fields);
            return values -> {
                for (Test test : tests) {
                    if (test.holds(values)) {
                        return true;
                    }
                }
                return false;
            };
        }

        @Override
        public List<String> reads() {
            return readsOf(parts.stream());
        }
    }

    /** The part does not hold. */
    record Not(Condition part) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Not {}

        @Override
        public Test compile(FeedFields fields) {
            Test test = part.compile(fields);
            return values -> !test.holds(values);
        }

        @Override
        public List<String> reads() {
            return part.reads();
        }
    }

    /** Both of two parts hold, or neither. */
    record Iff(List<Condition> parts) implements Condition {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Iff {
            parts = List.copyOf(parts);
            if (parts.size() != 2) {
                throw new IllegalArgumentException("Cannot compare by iff: %s (expected two parts)".formatted(parts));
            }
        }

        @Override
        public Test compile(FeedFields fields) {
            Test left = parts.get(0).compile(fields);
            Test right = parts.get(1).compile(fields);
            return values -> left.holds(values) == right.holds(values);
        }

        @Override
        public List<String> reads() {
            return readsOf(parts.stream());
        }
    }

    private static Test[] compiled(List<Condition> parts, FeedFields fields) {
        return parts.stream().map(part -> part.compile(fields)).toArray(Test[]::new);
    }

    private static List<String> readsOf(Stream<Condition> parts) {
        return parts.flatMap(part -> part.reads().stream()).distinct().toList();
    }
}
