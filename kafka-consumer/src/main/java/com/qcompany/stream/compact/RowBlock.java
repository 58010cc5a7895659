package com.qcompany.stream.compact;

import com.qcompany.warehouse.StarSchema;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.MessageType;

/** Some thousand rows of table kafka, column by column. Rows are ordered by event time, then partition, then offset. */
final class RowBlock {

    static final MessageType SCHEMA = StarSchema.KAFKA.messageType();

    private static final int TIME = leaf("timestamp");
    private static final int PARTITION = leaf("kafka_partition");
    private static final int OFFSET = leaf("kafka_offset");

    private final int rows;
    private final List<ColumnValues> columns;
    private final ColumnValues times;
    private final ColumnValues partitions;
    private final ColumnValues offsets;

    /** @param columns values of every leaf column, in the schema's order */
    RowBlock(int rows, List<ColumnValues> columns) {
        this.rows = rows;
        this.columns = columns;
        this.times = columns.get(TIME);
        this.partitions = columns.get(PARTITION);
        this.offsets = columns.get(OFFSET);
    }

    int rows() {
        return rows;
    }

    /** About what it takes of the heap. */
    long bytes() {
        return columns.stream().mapToLong(ColumnValues::bytes).sum();
    }

    /** Writes one column of a row. */
    void write(int row, int column, ColumnWriter writer) {
        columns.get(column).write(row, writer);
    }

    /** Order of two rows. */
    static int compare(RowBlock block, int row, RowBlock otherBlock, int otherRow) {
        int byTime = Long.compare(block.times.key(row), otherBlock.times.key(otherRow));
        if (byTime != 0) {
            return byTime;
        }
        int byPartition = Long.compare(block.partitions.key(row), otherBlock.partitions.key(otherRow));
        return byPartition != 0 ? byPartition : Long.compare(block.offsets.key(row), otherBlock.offsets.key(otherRow));
    }

    private static int leaf(String column) {
        return SCHEMA.getColumns().indexOf(SCHEMA.getColumnDescription(new String[] {column}));
    }
}
