package com.qcompany.ops.stream.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/**
 * A part of a file as a job reads it: cut by the length that was listed, and opened later, when the footer is read anew.
 *
 * @param file the file as it was listed
 * @param start first byte
 * @param end byte after the last
 */
record SplitRead(FileStatus file, long start, long end) {

    /** Two parts of each file. */
    static List<SplitRead> of(FileStatus[] files) {
        List<SplitRead> splits = new ArrayList<>();
        for (FileStatus file : files) {
            long middle = file.getLen() / 2;
            splits.add(new SplitRead(file, 0, middle));
            splits.add(new SplitRead(file, middle, file.getLen()));
        }
        return splits;
    }

    /** Offsets of the rows of its row groups. */
    List<Long> offsets(Configuration conf) throws IOException {
        List<Long> offsets = new ArrayList<>();
        ParquetReadOptions range =
                ParquetReadOptions.builder().withRange(start, end).build();
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file.getPath(), conf), range)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            ColumnDescriptor column = schema.getColumnDescription(new String[] {"kafka_offset"});
            reader.setRequestedSchema(new MessageType("kafka", schema.getType("kafka_offset")));
            for (PageReadStore rowGroup = reader.readNextRowGroup();
                    rowGroup != null;
                    rowGroup = reader.readNextRowGroup()) {
                ColumnReader values =
                        new ColumnReaderImpl(column, rowGroup.getPageReader(column), new PrimitiveConverter() {}, null);
                for (long i = 0; i < values.getTotalValueCount(); i++) {
                    offsets.add(values.getLong());
                    values.consume();
                }
            }
        }
        return offsets;
    }
}
