package com.qcompany.stream.compact;

import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Some thousand rows of table kafka, column by column. Rows are ordered by event time, then partition, then offset.
 *
 * @param rows number of rows, at most {@value #MOST_ROWS}
 * @param columns values of every leaf column, in the schema's order
 * @param dictionaries what their codes number, likewise
 */
record RowBlock(int rows, List<ColumnValues> columns, List<ValueDictionary> dictionaries) {

    static final MessageType SCHEMA = StarSchema.KAFKA.messageType();
    static final List<ColumnDescriptor> COLUMNS = SCHEMA.getColumns();
    static final int MOST_ROWS = 1 << 14;

    private static final int TIME = leaf("timestamp");
    private static final int PARTITION = leaf("kafka_partition");
    private static final int OFFSET = leaf("kafka_offset");

    /** Empty dictionaries of all leaf columns; offsets do not repeat and are not numbered. */
    static List<ValueDictionary> newDictionaries() {
        return COLUMNS.stream()
                .map(column -> new ValueDictionary(PlainType.of(column), !column.equals(COLUMNS.get(OFFSET))))
                .toList();
    }

    /** About what it takes of the heap. */
    long bytes() {
        return columns.stream().mapToLong(ColumnValues::bytes).sum();
    }

    /** Event time of a row in microseconds; the lowest number where it has none. */
    long time(int row) {
        return number(TIME, row);
    }

    long partition(int row) {
        return number(PARTITION, row);
    }

    long offset(int row) {
        return number(OFFSET, row);
    }

    /** Order of a row and one of another block. */
    int compare(int row, RowBlock other, int otherRow) {
        int byTime = Long.compare(time(row), other.time(otherRow));
        if (byTime != 0) {
            return byTime;
        }
        int byPartition = Long.compare(partition(row), other.partition(otherRow));
        return byPartition != 0 ? byPartition : Long.compare(offset(row), other.offset(otherRow));
    }

    private long number(int column, int row) {
        return columns.get(column).number(row, dictionaries.get(column));
    }

    private static int leaf(String column) {
        return COLUMNS.indexOf(SCHEMA.getColumnDescription(new String[] {column}));
    }
}
