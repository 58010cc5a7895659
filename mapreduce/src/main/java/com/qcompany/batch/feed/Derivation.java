package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.qcompany.batch.feed.Expression.Computation;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declared columns that are made from others. A derivation that reads a spoilt value is not applied. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = Derivation.SplitRight.class, name = "split_right"),
    @Type(value = Derivation.OnlyTrue.class, name = "only_true"),
    @Type(value = Derivation.Compute.class, name = "compute")
})
public sealed interface Derivation {

    /** Rule code of a record for which it cannot be done. */
    String code();

    /** Names of the columns it reads. */
    List<String> reads();

    /** The columns it makes; one that it also reads is replaced. */
    List<FeedField> writes();

    /** The step that does it, counting its fixes. */
    RowStep compile(FeedFields fields, FixCounts fixes);

    /**
     * Splits a text from the right, so that the first part keeps further separators; absent gives absent parts, and a
     * part without text is absent.
     *
     * @param from text column
     * @param separator one character
     * @param into names of the parts, left to right
     * @param code code of a text with too few parts
     * @param incomplete code under which texts with an absent part are counted
     */
    record SplitRight(
            @JsonProperty(required = true) String from,
            @JsonProperty(required = true) char separator,
            @JsonProperty(required = true) List<String> into,
            @JsonProperty(required = true) String code,
            @JsonProperty(required = true) String incomplete)
            implements Derivation {

        public SplitRight {
            into = List.copyOf(into);
            if (into.size() < 2) {
                throw new IllegalArgumentException(
                        "Cannot split %s into %s (expected at least two parts)".formatted(from, into));
            }
        }

        @Override
        public List<String> reads() {
            return List.of(from);
        }

        @Override
        public List<FeedField> writes() {
            return into.stream()
                    .map(name -> new FeedField(name, ColumnType.of(Kind.TEXT), false))
                    .toList();
        }

        @Override
        public RowStep compile(FeedFields fields, FixCounts fixes) {
            return new RightSplit(this, fields, fixes);
        }
    }

    /**
     * Which of several boolean columns is true, counted from 1; absent where none is.
     *
     * @param of the columns
     * @param into name of the number
     * @param code code of a record with several
     */
    record OnlyTrue(
            @JsonProperty(required = true) List<String> of,
            @JsonProperty(required = true) String into,
            @JsonProperty(required = true) String code)
            implements Derivation {

        public OnlyTrue {
            of = List.copyOf(of);
        }

        @Override
        public List<String> reads() {
            return of;
        }

        @Override
        public List<FeedField> writes() {
            return List.of(new FeedField(into, ColumnType.of(Kind.INT), false));
        }

        @Override
        public RowStep compile(FeedFields fields, FixCounts fixes) {
            int[] sources = of.stream().mapToInt(fields::booleanAt).toArray();
            int target = fields.indexOf(into);
            String allowed = "at most one of " + String.join(", ", of);
            return row -> {
                Integer found = null;
                for (int i = 0; i < sources.length; i++) {
                    if (Boolean.TRUE.equals(row.values()[sources[i]])) {
                        if (found != null) {
                            row.spoil(target, code, allowed);
                            return;
                        }
                        found = i + 1;
                    }
                }
                row.set(target, found);
            };
        }
    }

    /**
     * A number computed from others, exactly.
     *
     * @param into name of the result
     * @param type its type: int, bigint or a decimal
     * @param required whether a record without a result is rejected
     * @param expression how
     * @param code code of a result that is missing or that the type does not hold exactly
     */
    record Compute(
            @JsonProperty(required = true) String into,
            @JsonProperty(required = true) String type,
            boolean required,
            @JsonProperty(required = true) Expression expression,
            @JsonProperty(required = true) String code)
            implements Derivation {

        public Compute {
            Kind kind = FeedType.parse(type).kind();
            if (kind != Kind.INT && kind != Kind.BIGINT && kind != Kind.DECIMAL) {
                throw new IllegalArgumentException(
                        "Cannot compute %s as %s (expected int, bigint or decimal(p,s))".formatted(into, type));
            }
        }

        @Override
        public List<String> reads() {
            return expression.reads();
        }

        @Override
        public List<FeedField> writes() {
            return List.of(new FeedField(into, FeedType.parse(type), required));
        }

        @Override
        public RowStep compile(FeedFields fields, FixCounts fixes) {
            Computation computation = expression.compile(fields);
            ColumnType target = FeedType.parse(type);
            int index = fields.indexOf(into);
            String allowed = "a result that %s holds exactly".formatted(type);
            return row -> {
                try {
                    BigDecimal result = computation.of(row.values());
                    if (result == null && required) {
                        row.spoil(index, code, allowed);
                    } else {
                        row.set(index, fitted(result, target));
                    }
                } catch (ArithmeticException e) {
                    row.spoil(index, code, allowed);
                }
            };
        }

        private static @Nullable Object fitted(@Nullable BigDecimal number, ColumnType type) {
            if (number == null) {
                return null;
            }
            if (type.kind() == Kind.INT) {
                return number.intValueExact();
            }
            if (type.kind() == Kind.BIGINT) {
                return number.longValueExact();
            }
            BigDecimal scaled = number.setScale(type.scale());
            if (scaled.precision() > type.precision()) {
                throw new ArithmeticException("more than %d digits".formatted(type.precision()));
            }
            return scaled;
        }
    }
}
