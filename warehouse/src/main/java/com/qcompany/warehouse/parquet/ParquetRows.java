package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;

/** Parquet files of rows of a declared table. */
public final class ParquetRows {
    /** Most a row group holds, in bytes: what a writer and each open reader need of the heap. */
    public static final int ROW_GROUP_BYTES = 32 << 20;

    /** Rows in a page: few, so that a reader with a predicate reads little around what it looks for. */
    private static final int PAGE_ROWS = 1000;

    /** Rows after which a writer looks at its memory: few, as a row may have a megabyte. */
    private static final int ROWS_PER_SIZE_CHECK = 64;

    /** Sizes of a Bloom filter that Parquet chooses from, each half the one before: from a megabyte to two kilobytes. */
    private static final int BLOOM_FILTER_SIZES = 10;

    private ParquetRows() {}

    /**
     * Opens a new file for writing, on the disks once it is closed: Snappy, which every Hive reads without native libraries;
     * small pages. Ids of published sales have Bloom filters, up to a megabyte a row group, which a writer keeps.
     */
    public static ParquetWriter<Row> writer(Table table, Path file, Configuration conf) throws IOException {
        RowWriterBuilder builder = new RowWriterBuilder(table, new DurableOutputFile(file, conf), Map::of, conf)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize((long) ROW_GROUP_BYTES)
                .withPageRowCountLimit(PAGE_ROWS);
        if (table.equals(StarSchema.TRANSACTION_KEYS)) { // every load asks for all of its ids, and nearly all are new
            builder.withBloomFilterEnabled("transaction_id", true)
                    .withAdaptiveBloomFilterEnabled(true)
                    .withBloomFilterCandidateNumber("transaction_id", BLOOM_FILTER_SIZES);
        }
        return builder.build();
    }

    /**
     * Opens a new file that is read from end to end, so that its pages are as large as Parquet makes them; it must not
     * exist. Columns have dictionaries where their values repeat. The writer keeps a row group in memory.
     *
     * @param footer asked for what the file's footer says beside the schema, after the last row
     */
    public static ParquetWriter<Row> writer(
            Table table,
            OutputFile file,
            CompressionCodecName codec,
            long rowGroupBytes,
            Supplier<Map<String, String>> footer,
            Configuration conf)
            throws IOException {
        return new RowWriterBuilder(table, file, footer, conf)
                .withCompressionCodec(codec)
                .withRowGroupSize(rowGroupBytes)
                .build();
    }

    /**
     * Opens a file for reading. Columns the file lacks are null, as in Hive.
     *
     * @param table the table, or a {@link Table#project projection} of it
     */
    public static ParquetReader<Row> reader(Table table, Path file, Configuration conf) throws IOException {
        return new RowReaderBuilder(table, file, conf).build();
    }

    /** Opens a part of a file for reading: the row groups whose middle lies between two offsets in bytes. */
    public static ParquetReader<Row> reader(Table table, Path file, Configuration conf, long start, long end)
            throws IOException {
        return new RowReaderBuilder(table, file, conf).withFileRange(start, end).build();
    }

    /** Opens a file for reading the rows that meet a predicate; of sorted files it reads few pages besides. */
    public static ParquetReader<Row> reader(Table table, Path file, Configuration conf, FilterPredicate rows)
            throws IOException {
        return new RowReaderBuilder(table, file, conf)
                .withFilter(FilterCompat.get(rows))
                .build();
    }

    /** Reads a file to its end and closes it. */
    public static void forEach(ParquetReader<Row> rows, ConsumerRaisingIOE<Row> action) throws IOException {
        try (rows) {
            for (Row row = rows.read(); row != null; row = rows.read()) {
                action.accept(row);
            }
        }
    }

    /** Whether a row of a file meets a predicate. */
    public static boolean hasAny(Table table, Path file, Configuration conf, FilterPredicate rows) throws IOException {
        try (ParquetReader<Row> reader = reader(table, file, conf, rows)) {
            return reader.read() != null;
        }
    }

    /** The predicate that a text is one of some. Parquet's own IN looks at the least and the greatest of a page only. */
    public static FilterPredicate anyOf(String column, Collection<String> values) {
        return FilterApi.userDefined(FilterApi.binaryColumn(column), new AnyOf(values));
    }

    /** Of some texts, those that a file may have in a column of texts: all but the ones that its Bloom filters exclude. */
    public static List<String> possible(Collection<String> values, String column, Path file, Configuration conf)
            throws IOException {
        List<BloomFilter> filters = new ArrayList<>();
        try (ParquetFileReader reader = open(file, conf)) {
            for (BlockMetaData rowGroup : reader.getRowGroups()) {
                for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                    if (chunk.getPath().equals(ColumnPath.get(column))) {
                        BloomFilter filter = reader.readBloomFilter(chunk);
                        if (filter == null) {
                            return List.copyOf(values);
                        }
                        filters.add(filter);
                    }
                }
            }
        }
        return values.stream()
                .filter(value -> {
                    Binary stored = StoredValues.utf8(value);
                    return filters.stream().anyMatch(filter -> filter.findHash(filter.hash(stored)));
                })
                .toList();
    }

    /** Rows in a file, from its footer. */
    public static long rowCount(Path file, Configuration conf) throws IOException {
        try (ParquetFileReader reader = open(file, conf)) {
            return reader.getRecordCount();
        }
    }

    /** Opens a file for reading its footer, and row groups as they are. */
    public static ParquetFileReader open(Path file, Configuration conf) throws IOException {
        return ParquetFileReader.open(
                HadoopInputFile.fromPath(file, conf),
                HadoopReadOptions.builder(conf).build());
    }

    /** Keeps what is wanted, and skips ranges without any of it. */
    private static final class AnyOf extends UserDefinedPredicate<Binary> implements Serializable {
        private static final long serialVersionUID = 1;
        private static final Comparator<Binary> ORDER =
                Comparator.comparing(Binary::getBytesUnsafe, Arrays::compareUnsigned);

        private final NavigableSet<Binary> wanted = new TreeSet<>(ORDER);

        AnyOf(Collection<String> texts) {
            texts.forEach(text -> wanted.add(StoredValues.utf8(text)));
        }

        @Override
        public boolean keep(Binary value) {
            return wanted.contains(value);
        }

        @Override
        public boolean canDrop(Statistics<Binary> range) {
            Binary next = wanted.ceiling(range.getMin());
            return next == null || ORDER.compare(next, range.getMax()) > 0;
        }

        @Override
        public boolean inverseCanDrop(Statistics<Binary> range) {
            return false;
        }
    }

    /** Parquet's own builder of a path reads all of Hadoop's default settings again, for each file. */
    private static final class RowReaderBuilder extends ParquetReader.Builder<Row> {

        private final Table table;

        RowReaderBuilder(Table table, Path file, Configuration conf) throws IOException {
            super(HadoopInputFile.fromPath(file, conf), new HadoopParquetConfiguration(conf));
            this.table = table;
        }

        @Override
        protected ReadSupport<Row> getReadSupport() {
            return new RowReadSupport(table);
        }
    }

    private static final class RowWriterBuilder extends ParquetWriter.Builder<Row, RowWriterBuilder> {

        private final Table table;
        private final Supplier<Map<String, String>> footer;

        RowWriterBuilder(Table table, OutputFile file, Supplier<Map<String, String>> footer, Configuration conf) {
            super(file);
            this.table = table;
            this.footer = footer;
            withConf(conf)
                    .withMinRowCountForPageSizeCheck(1)
                    .withMaxRowCountForPageSizeCheck(ROWS_PER_SIZE_CHECK)
                    .withSizeStatisticsEnabled(false) // no reader of ours, nor Hive, asks for them
                    .withWriteMode(ParquetFileWriter.Mode.CREATE);
            table.columns().forEach(column -> withDictionaryEncoding(column.name(), column.repetitive()));
        }

        @Override
        protected RowWriterBuilder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(Configuration conf) {
            return new RowWriteSupport(table, footer);
        }
    }
}
