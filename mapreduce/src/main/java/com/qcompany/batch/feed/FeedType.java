package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of types in a contract. */
final class FeedType {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");
    private static final Map<String, Kind> KINDS = Map.of(
            "int", Kind.INT, "bigint", Kind.BIGINT, "string", Kind.TEXT, "date", Kind.DATE, "boolean", Kind.BOOLEAN);

    private FeedType() {}

    /** The type of a column, from its logical type and, where that leaves a choice, its physical one. */
    static ColumnType parse(String column, String logical, @Nullable String physical) {
        String name = physical != null ? physical : logical.equals("integer") ? "int" : logical;
        Kind kind = parse(name).kind();
        String expected = kind == Kind.DECIMAL ? "number" : isNumber(kind) ? "integer" : name;
        if (!logical.equals(expected)) {
            throw new IllegalArgumentException("Cannot declare column %s as %s of type %s (expected logical type %s)"
                    .formatted(column, logical, name, expected));
        }
        return parse(name);
    }

    static ColumnType parse(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return ColumnType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "Cannot use type %s (expected int, bigint, decimal(p,s), string, date or boolean)".formatted(name));
        }
        return ColumnType.of(kind);
    }

    static boolean isNumber(Kind kind) {
        return kind == Kind.INT || kind == Kind.BIGINT || kind == Kind.DECIMAL;
    }
}
