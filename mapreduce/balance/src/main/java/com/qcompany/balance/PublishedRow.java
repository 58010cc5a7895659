package com.qcompany.balance;

import com.qcompany.balance.Item.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;

/** A row of a published file, by Parquet's own reader. The columns of its partition are in the path. */
final class PublishedRow {
    private static final Pattern PATH = Pattern.compile(".*/tables/(\\w+)/(?:data/(\\w+)=([^/]+)/)?[^/]+/[^/]+");
    private static final List<String> FACT_COLUMNS = List.of(
            """
            transaction_date customer_id sales_agent_id branch_id product_id units unit_price offer
            discount_percentage total_paid_price is_online payment_method"""
                    .split("\\s"));

    private final Matcher path;
    private final Group row;

    PublishedRow(String path, Group row) {
        this.path = PATH.matcher(path);
        this.row = row;
        if (!this.path.matches()) {
            throw new IllegalArgumentException("Cannot tell the table of %s (expected %s)".formatted(path, PATH));
        }
    }

    String table() {
        return path.group(1);
    }

    /** A column's value as numbers and texts are compared; empty for null, and where the file lacks the column. */
    String text(String column) {
        if (column.equals(path.group(2))) {
            return path.group(3);
        }
        if (!row.getType().containsField(column)) {
            return "";
        }
        int field = row.getType().getFieldIndex(column);
        if (row.getFieldRepetitionCount(field) == 0) {
            return "";
        }
        if (row.getType().getType(field).getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
            return PlainSale.plain(BigDecimal.valueOf(row.getLong(field, 0), decimal.getScale()));
        }
        return row.getValueToString(field, 0);
    }

    /** Whether readers of the plan's publish see this sale. */
    boolean stands(BalancePlan plan) {
        boolean added = table().equals("sales_delta") || Long.parseLong(text("added_in")) <= plan.mergedUpTo();
        String removedIn = text("removed_in");
        return added && (removedIn.isEmpty() || Long.parseLong(removedIn) > plan.publish());
    }

    Item fact() {
        SortedMap<String, String> values =
                new TreeMap<>(FACT_COLUMNS.stream().collect(Collectors.toMap(column -> column, this::text)));
        List<String> address = Stream.of("address", "city", "state", "postal_code")
                .map(part -> text("shipping_" + part))
                .toList();
        values.put("shipping_address", address.stream().allMatch(String::isEmpty) ? "" : String.join("/", address));
        return new Item(Kind.FACT, 0, text("source_group"), 0, "", values, "", text("run_id"));
    }

    Item quarantined(Kind kind) {
        Group codes = row.getGroup("rule_codes", 0);
        String rules = IntStream.range(0, codes.getFieldRepetitionCount(0))
                .mapToObj(i -> codes.getGroup(0, i).getString(0, 0))
                .collect(Collectors.joining(", "));
        String raw = text("raw_line");
        boolean encoded = text("raw_encoding").equals("base64");
        return new Item(
                kind,
                Long.parseLong(text("group_sequence")),
                text("source_group"),
                Long.parseLong(text("line_number")),
                encoded ? new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8) : raw,
                new TreeMap<>(),
                rules,
                kind == Kind.REJECTED ? text("run_id") : "");
    }
}
