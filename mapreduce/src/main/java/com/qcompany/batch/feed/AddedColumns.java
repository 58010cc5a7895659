package com.qcompany.batch.feed;

import static com.qcompany.warehouse.schema.StarSchema.DIMENSION_DECLARATIONS;
import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.qcompany.batch.feed.Contract.UnknownColumns;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.contract.DataContract;
import com.qcompany.warehouse.contract.KeyException;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns of the sales, branches or agents beside those of the star schema. A contract declares one by {@code added: true}; one with
 * {@code unknownColumns: add} gets a property for each column that files bring and it does not declare. Loads keep the
 * values in {@code extras}, where those of before already are.
 */
public final class AddedColumns {
    private static final Set<Kind> KINDS = EnumSet.of(Kind.TEXT, Kind.INT, Kind.BIGINT, Kind.DECIMAL, Kind.DATE);

    /** Names that the views of the sales have, or their tables. */
    private static final Set<String> IN_SALES = Stream.concat(
                    SALES_BASE.columns().stream().map(Column::name),
                    DIMENSION_DECLARATIONS.stream().flatMap(dimension -> dimension.describing().stream()))
            .collect(Collectors.toUnmodifiableSet());

    private AddedColumns() {}

    /** Refuses a feed that adds what its table cannot have. */
    static void check(Feed feed) {
        boolean canAdd = table(feed).isPresent();
        if (isOpen(feed) && !canAdd) {
            throw new IllegalArgumentException(
                    "Cannot use unknownColumns: add of feed %s (expected rescue or fail: it brings no sales, branches or agents)"
                            .formatted(feed.name()));
        }
        for (FeedColumn column : added(feed)) {
            KeyException.naming("properties", column.name(), () -> {
                boolean fits = canAdd
                        && column.mayBeMissing()
                        && !column.required()
                        && KINDS.contains(column.columnType().kind())
                        && !isTaken(feed, column.name());
                if (!fits) {
                    throw new IllegalArgumentException(
                            "Cannot add column %s (expected, of sales, branches or agents, a name that they do not have; a text, number or date; mayBeMissing and not required)"
                                    .formatted(column.name()));
                }
                return column;
            });
        }
    }

    /** Whether unknown columns of a feed's files become columns. */
    public static boolean isOpen(Feed feed) {
        return feed.contract().body().customProperties().unknownColumns() == UnknownColumns.ADD;
    }

    /** Columns that a feed adds. */
    static List<FeedColumn> added(Feed feed) {
        return feed.columns().stream()
                .filter(column -> column.customProperties().added())
                .toList();
    }

    /** A name in headers of each column that a feed adds: its last alias, which {@link #grown} takes from the file. */
    public static List<String> headers(Feed feed) {
        return added(feed).stream()
                .map(column -> column.headerNames().get(column.headerNames().size() - 1))
                .toList();
    }

    /** The columns that the views show. */
    public static List<AddedColumn> of(FeedCatalog feeds) {
        return feeds.feeds().stream()
                .flatMap(feed -> added(feed).stream()
                        .map(column -> new AddedColumn(
                                table(feed).orElseThrow().name(),
                                column.name(),
                                column.columnType().hiveName(),
                                column.headerNames())))
                .toList();
    }

    /** The table that a feed fills and that keeps what is not declared, if there is one. */
    private static Optional<Table> table(Feed feed) {
        return feed.mappings().stream()
                .map(OutputMapping::table)
                .filter(table -> table.has(Dimension.EXTRAS))
                .findFirst();
    }

    private static boolean isTaken(Feed feed, String name) {
        return table(feed).orElseThrow().has(name) || (feed.bringsSales() && IN_SALES.contains(name));
    }

    /**
     * A feed that is open with a further property for each name that it does not declare: an optional text, by the name in
     * lower case, of which nobody said that it does not tell of a person. Its version gets a suffix, {@code 1.0.0+2} with
     * two added columns. Names that no column can have, or that the table has, are left out, as is what a contract has no
     * room for; the values of all these are rescued.
     */
    public static Feed grown(Feed feed, Collection<String> headers) {
        Map<String, String> fresh = new LinkedHashMap<>();
        Set<String> declared = feed.columns().stream()
                .flatMap(column -> column.headerNames().stream())
                .map(FeedHeader::normal)
                .collect(Collectors.toSet());
        for (String header : isOpen(feed) ? headers : List.<String>of()) {
            String name = FeedHeader.normal(header);
            boolean isNew = !declared.contains(name) && !isTaken(feed, name) && !feed.hasField(name);
            if (isNew
                    && name.matches("[a-z][a-z0-9_]*")
                    && feed.fields().size() + fresh.size() < FeedFields.MAX_FIELDS) {
                fresh.putIfAbsent(name, header); // as it stands in extras
            }
        }
        if (fresh.isEmpty()) {
            return feed;
        }
        try {
            JsonNode contract = DataContract.YAML.readTree(feed.text().yaml());
            ArrayNode properties = (ArrayNode) contract.at("/schema/0/properties");
            fresh.forEach((name, header) -> describe(properties.addObject(), name, header));
            String version = "%s+%d"
                    .formatted(
                            feed.version().replaceAll("\\+.*", ""), added(feed).size() + fresh.size());
            ((ObjectNode) contract).put("version", version);
            return Feed.read(new ContractText(feed.text().origin(), DataContract.YAML.writeValueAsString(contract)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a contract that was read", e);
        }
    }

    private static void describe(ObjectNode property, String name, String header) {
        property.put("name", name).put("logicalType", "string").put("classification", "personal");
        ArrayNode custom = property.putArray("customProperties");
        custom.addObject().put("property", "added").put("value", true);
        custom.addObject().put("property", "mayBeMissing").put("value", true);
        custom.addObject().put("property", "aliases").putArray("value").add(header);
    }
}
