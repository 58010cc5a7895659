package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.RowCodec;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables whose rows travel through the shuffle, in the order in which reducers receive them. Three of them exist
 * only within a load.
 */
final class LoadTables {

    /** The dates of a reducer's sales, before the sales. */
    static final Table TOUCHED_DATES = internal("touched_dates", text("transaction_date", "Date"));

    /** What became of a file's lines: what mappers read, and what reducers made of the accepted ones. */
    static final Table FILE_TALLIES = internal(
            "file_tallies",
            number("file", "Index of the file in the plan"),
            number("lines", "Data lines read"),
            number("accepted", "Lines that meet every rule"),
            number("rejected", "Lines that do not, or that change a published sale"),
            number("loaded", "Sales written"),
            number("duplicate", "Sales that were there already"),
            number("units_read", "Sum of units of accepted lines"),
            number("units_loaded", "Sum of units of sales written"),
            number("units_other", "Sum of units of duplicate and changed sales"),
            money("paid_read", "Sum of total_paid_price of accepted lines"),
            money("paid_loaded", "Sum of total_paid_price of sales written"),
            money("paid_other", "Sum of total_paid_price of duplicate and changed sales"));

    /** The files a reducer wrote. */
    static final Table STAGED_FILES = internal(
            "staged_files",
            text("table_name", "Table of the file"),
            text("partition_value", "Value of its partition, empty for an unpartitioned table"),
            text("path", "Its path below the output directory"),
            number("rows", "Rows in it"));

    private static final List<Table> SHUFFLED = List.of(
            TOUCHED_DATES,
            StarSchema.SALES_TRANSACTIONS_FACT,
            StarSchema.CUSTOMER_DIM,
            StarSchema.PRODUCT_DIM,
            StarSchema.SALES_AGENT_DIM,
            StarSchema.BRANCH_DIM,
            StarSchema.REJECTED_ROWS,
            FILE_TALLIES);
    private static final List<RowCodec> CODECS =
            SHUFFLED.stream().map(RowCodec::new).toList();

    private static final List<Optional<Dimension>> DIMENSIONS =
            SHUFFLED.stream().map(LoadTables::declaration).toList();
    private static final List<Optional<BlockFormat>> BLOCK_FORMATS =
            SHUFFLED.stream().map(LoadTables::blockFormat).toList();

    private static final Map<String, Integer> ORDINALS = IntStream.range(0, SHUFFLED.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(i -> SHUFFLED.get(i).name(), i -> i));

    private LoadTables() {}

    /** Place of a table in the shuffle. */
    static int ordinal(Table table) {
        Integer ordinal = ORDINALS.get(table.name());
        if (ordinal == null) {
            throw new IllegalArgumentException("Cannot shuffle rows of %s (expected one of %s)"
                    .formatted(table.name(), SHUFFLED.stream().map(Table::name).toList()));
        }
        return ordinal;
    }

    /** Codec of the table at a place in the shuffle. */
    static RowCodec codec(int ordinal) {
        return CODECS.get(ordinal);
    }

    /** The declaration of a dimension's table; empty for other tables. */
    static Optional<Dimension> dimension(Table table) {
        return dimension(ordinal(table));
    }

    /** The dimension at a place in the shuffle; empty where that is another table. */
    static Optional<Dimension> dimension(int ordinal) {
        return DIMENSIONS.get(ordinal);
    }

    /** Whether the rows of the table at a place travel in blocks. */
    static boolean inBlocks(int ordinal) {
        return BLOCK_FORMATS.get(ordinal).isPresent();
    }

    /** Format of the blocks of the table at a place. */
    static BlockFormat blockFormat(int ordinal) {
        return BLOCK_FORMATS.get(ordinal).orElseThrow();
    }

    private static Optional<BlockFormat> blockFormat(Table table) {
        return table.equals(StarSchema.SALES_TRANSACTIONS_FACT)
                ? Optional.of(new BlockFormat(table, table.primaryKey().get(0), true))
                : declaration(table).map(dimension -> new BlockFormat(table, dimension.key(), false));
    }

    private static Optional<Dimension> declaration(Table table) {
        return StarSchema.DIMENSION_DECLARATIONS.stream()
                .filter(dimension -> dimension.table().name().equals(table.name()))
                .findFirst();
    }

    private static Table internal(String name, Column... columns) {
        return new Table(
                name, "Within a load", Storage.VERSIONED_TABLE, List.of(columns), List.of(), List.of(), List.of());
    }

    private static Column text(String name, String comment) {
        return new Column(name, ColumnType.of(Kind.TEXT), false, comment);
    }

    private static Column number(String name, String comment) {
        return new Column(name, ColumnType.of(Kind.BIGINT), false, comment);
    }

    private static Column money(String name, String comment) {
        return new Column(name, ColumnType.decimal(ColumnType.MAX_PRECISION, 4), false, comment);
    }
}
