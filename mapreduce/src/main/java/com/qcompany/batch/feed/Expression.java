package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Declared arithmetic over a record's numbers, exact: {@code {"multiply": [{"column": "units"}, {"value": 5}]}}. An
 * operation with an absent operand is absent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @Type(value = Expression.Column.class, name = "column"),
    @Type(value = Expression.Value.class, name = "value"),
    @Type(value = Expression.Add.class, name = "add"),
    @Type(value = Expression.Subtract.class, name = "subtract"),
    @Type(value = Expression.Multiply.class, name = "multiply"),
    @Type(value = Expression.Divide.class, name = "divide"),
    @Type(value = Expression.FirstPresent.class, name = "first_present")
})
public sealed interface Expression {

    /** A compiled expression. */
    @FunctionalInterface
    interface Computation {
        /**
         * The number, or null where absent.
         *
         * @throws ArithmeticException where no decimal holds it exactly
         */
        @Nullable
        BigDecimal of(@Nullable Object[] values);
    }

    /** The computation over a feed's fields. */
    Computation compile(FeedFields fields);

    /** Names of the columns it reads. */
    List<String> reads();

    /** The value of a numeric column. */
    record Column(String name) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Column {}

        @Override
        public Computation compile(FeedFields fields) {
            int index = fields.numberAt(name);
            return values -> decimal(values[index]);
        }

        @Override
        public List<String> reads() {
            return List.of(name);
        }
    }

    /** A constant. */
    record Value(BigDecimal number) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Value {}

        @Override
        public Computation compile(FeedFields fields) {
            return values -> number;
        }

        @Override
        public List<String> reads() {
            return List.of();
        }
    }

    /** The sum. */
    record Add(List<Expression> operands) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Add {
            operands = atLeastTwo("add", operands);
        }

        @Override
        public Computation compile(FeedFields fields) {
            return folded(operands, fields, BigDecimal::add);
        }

        @Override
        public List<String> reads() {
            return readsOf(operands);
        }
    }

    /** The first less the others. */
    record Subtract(List<Expression> operands) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Subtract {
            operands = atLeastTwo("subtract", operands);
        }

        @Override
        public Computation compile(FeedFields fields) {
            return folded(operands, fields, BigDecimal::subtract);
        }

        @Override
        public List<String> reads() {
            return readsOf(operands);
        }
    }

    /** The product. */
    record Multiply(List<Expression> operands) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Multiply {
            operands = atLeastTwo("multiply", operands);
        }

        @Override
        public Computation compile(FeedFields fields) {
            return folded(operands, fields, BigDecimal::multiply);
        }

        @Override
        public List<String> reads() {
            return readsOf(operands);
        }
    }

    /** The first divided by the others. */
    record Divide(List<Expression> operands) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Divide {
            operands = atLeastTwo("divide", operands);
        }

        @Override
        public Computation compile(FeedFields fields) {
            return folded(operands, fields, Expression::quotient);
        }

        @Override
        public List<String> reads() {
            return readsOf(operands);
        }
    }

    /** The first operand that is present. */
    record FirstPresent(List<Expression> operands) implements Expression {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public FirstPresent {
            operands = atLeastTwo("first_present", operands);
        }

        @Override
        public Computation compile(FeedFields fields) {
            Computation[] parts = compiled(operands, fields);
            return values -> {
                BigDecimal result = null;
                for (int i = 0; i < parts.length && result == null; i++) {
                    result = parts[i].of(values);
                }
                return result;
            };
        }

        @Override
        public List<String> reads() {
            return readsOf(operands);
        }
    }

    private static Computation folded(
            List<Expression> operands, FeedFields fields, BinaryOperator<BigDecimal> operation) {
        Computation[] parts = compiled(operands, fields);
        return values -> {
            BigDecimal result = parts[0].of(values);
            for (int i = 1; i < parts.length && result != null; i++) {
                BigDecimal operand = parts[i].of(values);
                result = operand == null ? null : operation.apply(result, operand);
            }
            return result;
        };
    }

    /** Division by a power of ten only moves the point, which is far cheaper than {@link BigDecimal#divide}. */
    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        if (divisor.scale() == 0 && divisor.precision() <= 18) {
            long number = divisor.longValueExact();
            int zeros = 0;
            while (number % 10 == 0) {
                number /= 10;
                zeros++;
            }
            if (number == 1) {
                return dividend.scaleByPowerOfTen(-zeros);
            }
        }
        return dividend.divide(divisor);
    }

    private static Computation[] compiled(List<Expression> operands, FeedFields fields) {
        return operands.stream().map(operand -> operand.compile(fields)).toArray(Computation[]::new);
    }

    private static List<String> readsOf(List<Expression> operands) {
        return operands.stream()
                .flatMap(operand -> operand.reads().stream())
                .distinct()
                .toList();
    }

    private static List<Expression> atLeastTwo(String operation, @Nullable List<Expression> operands) {
        if (operands == null || operands.size() < 2) {
            throw new IllegalArgumentException(
                    "Cannot %s: %s (expected at least two operands)".formatted(operation, operands));
        }
        return new ArrayList<>(operands);
    }

    private static @Nullable BigDecimal decimal(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        return BigDecimal.valueOf(((Number) value).longValue());
    }
}
