package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.Operators.IntColumn;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;
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

    /** Rows in a page: few, so that {@link #openPages} reads little around what it looks for. */
    private static final int PAGE_ROWS = 1000;

    private ParquetRows() {}

    /**
     * Opens a new file for writing: Snappy, which every Hive reads without native libraries. Columns have
     * dictionaries where their values repeat.
     *
     * @throws IOException if the file exists or cannot be made
     */
    public static ParquetWriter<Row> writer(Table table, Path file, Configuration conf) throws IOException {
        return writer(table, file, CompressionCodecName.SNAPPY, ROW_GROUP_BYTES, conf);
    }

    /**
     * Opens a new file for writing with another codec or larger row groups.
     *
     * @param rowGroupBytes most a row group holds, which the writer keeps in memory
     * @throws IOException if the file exists or cannot be made
     */
    public static ParquetWriter<Row> writer(
            Table table, Path file, CompressionCodecName codec, long rowGroupBytes, Configuration conf)
            throws IOException {
        return writer(table, HadoopOutputFile.fromPath(file, conf), codec, rowGroupBytes, conf);
    }

    /** The same for a file that is written in a way of its own, such as a {@link DurableOutputFile}. */
    public static ParquetWriter<Row> writer(
            Table table, OutputFile file, CompressionCodecName codec, long rowGroupBytes, Configuration conf)
            throws IOException {
        RowWriterBuilder builder = new RowWriterBuilder(table, new BufferedOutputFile(file))
                .withConf(conf)
                .withCompressionCodec(codec)
                .withRowGroupSize(rowGroupBytes)
                .withPageRowCountLimit(PAGE_ROWS)
                .withSizeStatisticsEnabled(false)
                .withWriteMode(ParquetFileWriter.Mode.CREATE);
        for (Column column : table.columns()) {
            if (!column.repetitive()) {
                builder.withDictionaryEncoding(column.name(), false);
            }
        }
        return builder.build();
    }

    /**
     * Opens a file for reading. Columns the file lacks are null, as in Hive.
     *
     * @param table the table, or a {@link Table#project projection} of it
     */
    public static ParquetReader<Row> reader(Table table, Path file, Configuration conf) throws IOException {
        return new RowReaderBuilder(table, file, conf).build();
    }

    /**
     * Opens a file for reading only the pages that can hold some range of a whole-number column, both ends included, by
     * the file's statistics and page index. Rows with other values that lie in the same pages are read as well.
     */
    public static ParquetReader<Row> reader(
            Table table, Path file, Configuration conf, String column, int least, int greatest) throws IOException {
        IntColumn values = FilterApi.intColumn(column);
        return new RowReaderBuilder(table, file, conf)
                .withFilter(FilterCompat.get(
                        FilterApi.and(FilterApi.gtEq(values, least), FilterApi.ltEq(values, greatest))))
                .useRecordFilter(false)
                .build();
    }

    /**
     * Opens a file for reading only the pages that can hold some values of a column, by the file's statistics and page
     * index. Rows with other values that lie in the same pages are read as well.
     */
    static ParquetFileReader openPages(FileStatus file, Configuration conf, String column, Set<String> values)
            throws IOException {
        return ParquetFileReader.open(
                inputFile(file, conf),
                HadoopReadOptions.builder(conf)
                        .withRecordFilter(FilterCompat.get(
                                FilterApi.userDefined(FilterApi.binaryColumn(column), new AnyOf(values))))
                        .build());
    }

    /** Rows in a file, from its footer. */
    public static long rowCount(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(inputFile(file, conf), options(conf))) {
            return reader.getRecordCount();
        }
    }

    /** Options of a reader. Without any, Parquet would read all configuration files of Hadoop for every file. */
    static ParquetReadOptions options(Configuration conf) {
        return HadoopReadOptions.builder(conf).build();
    }

    static InputFile inputFile(Path file, Configuration conf) throws IOException {
        return new BufferedInputFile(HadoopInputFile.fromPath(file, conf));
    }

    /** @param file path and length */
    static InputFile inputFile(FileStatus file, Configuration conf) throws IOException {
        return new BufferedInputFile(HadoopInputFile.fromStatus(file, conf));
    }

    /** Keeps what lies in a range that holds a wanted text. Parquet's own IN looks at the least and the greatest only. */
    private static final class AnyOf extends UserDefinedPredicate<Binary> implements Serializable {

        private static final long serialVersionUID = 1;

        private final TreeSet<String> wanted = new TreeSet<>(Utf8Order.COMPARATOR);

        AnyOf(Set<String> wanted) {
            this.wanted.addAll(wanted);
        }

        @Override
        public boolean keep(Binary value) {
            return wanted.contains(value.toStringUsingUTF8());
        }

        @Override
        public boolean canDrop(Statistics<Binary> range) {
            String next = wanted.ceiling(range.getMin().toStringUsingUTF8());
            return next == null || Utf8Order.compare(next, range.getMax().toStringUsingUTF8()) > 0;
        }

        @Override
        public boolean inverseCanDrop(Statistics<Binary> range) {
            return false;
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

        RowReaderBuilder(Table table, Path file, Configuration conf) throws IOException {
            super(inputFile(file, conf), new HadoopParquetConfiguration(conf));
            this.table = table;
        }

        @Override
        protected ReadSupport<Row> getReadSupport() {
            return new RowReadSupport(table);
        }
    }
}
