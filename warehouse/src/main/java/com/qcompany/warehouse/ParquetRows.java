package com.qcompany.warehouse;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;

/** Parquet files of rows of a declared table. */
public final class ParquetRows {

    /** Most a row group holds, in bytes: what a writer and each open reader need of the heap. */
    public static final int ROW_GROUP_BYTES = 32 << 20;

    private ParquetRows() {}

    /**
     * Opens a new file for writing: Snappy, which every Hive reads without native libraries. Dictionaries are off for
     * key columns, whose values hardly repeat.
     *
     * @throws IOException if the file exists or cannot be made
     */
    public static ParquetWriter<Row> writer(Table table, Path file, Configuration conf) throws IOException {
        RowWriterBuilder builder = new RowWriterBuilder(table, HadoopOutputFile.fromPath(file, conf))
                .withConf(conf)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize((long) ROW_GROUP_BYTES)
                .withWriteMode(ParquetFileWriter.Mode.CREATE);
        table.primaryKey().stream()
                .filter(key -> table.columns().stream()
                        .anyMatch(column -> column.name().equals(key)))
                .forEach(key -> builder.withDictionaryEncoding(key, false));
        return builder.build();
    }

    /**
     * Opens a file for reading. Columns the file lacks are null, as in Hive.
     *
     * @param table the table, or a {@link Table#project projection} of it
     */
    public static ParquetReader<Row> reader(Table table, Path file, Configuration conf) throws IOException {
        return new RowReaderBuilder(table, HadoopInputFile.fromPath(file, conf))
                .withConf(conf)
                .build();
    }

    /**
     * Opens a file for reading only the pages that can hold some values of a column, by the file's statistics and page
     * index. Rows with other values that lie in the same pages are returned as well.
     */
    public static ParquetReader<Row> readerOfPages(
            Table table, Path file, Configuration conf, String column, Set<String> values) throws IOException {
        Set<Binary> wanted = values.stream().map(Binary::fromString).collect(Collectors.toSet());
        return new RowReaderBuilder(table, HadoopInputFile.fromPath(file, conf))
                .withConf(conf)
                .withFilter(FilterCompat.get(FilterApi.in(FilterApi.binaryColumn(column), wanted)))
                .useRecordFilter(false)
                .build();
    }

    /** Rows in a file, from its footer. */
    public static long rowCount(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
            return reader.getRecordCount();
        }
    }

    private static final class RowWriterBuilder extends ParquetWriter.Builder<Row, RowWriterBuilder> {

        private final Table table;

        RowWriterBuilder(Table table, OutputFile file) {
            super(file);
            this.table = table;
        }

        @Override
        protected RowWriterBuilder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration conf) {
            return new RowWriteSupport(table);
        }
    }

    private static final class RowReaderBuilder extends ParquetReader.Builder<Row> {

        private final Table table;

        RowReaderBuilder(Table table, InputFile file) {
            super(file);
            this.table = table;
        }

        @Override
        protected ReadSupport<Row> getReadSupport() {
            return new RowReadSupport(table);
        }
    }
}
