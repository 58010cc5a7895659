package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of types in a declaration. */
final class FeedType {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private FeedType() {}

    static ColumnType parse(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return ColumnType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (name) {
            case "int" -> ColumnType.of(Kind.INT);
            case "bigint" -> ColumnType.of(Kind.BIGINT);
            case "text" -> ColumnType.of(Kind.TEXT);
            case "date" -> ColumnType.of(Kind.DATE);
            case "boolean" -> ColumnType.of(Kind.BOOLEAN);
            default ->
                throw new IllegalArgumentException(
                        "Cannot use type %s (expected int, bigint, decimal(p,s), text, date or boolean)"
                                .formatted(name));
        };
    }
}
