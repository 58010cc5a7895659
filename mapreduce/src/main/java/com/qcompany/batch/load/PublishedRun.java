package com.qcompany.batch.load;

import com.qcompany.batch.load.PublishedDimension.KeyRange;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/** The published versions of a dimension's things whose keys lie in a range, from one file. */
final class PublishedRun implements RowRun {

    private final String file;
    private final ParquetReader<Row> reader;
    private final KeyRange range;
    private final int key;
    private final int versionNumber;
    private @Nullable PlacedRow head;

    private PublishedRun(Table table, String key, String file, ParquetReader<Row> reader, KeyRange range) {
        this.file = file;
        this.reader = reader;
        this.range = range;
        this.key = table.indexOf(key);
        this.versionNumber = table.indexOf(Dimension.VERSION_NUMBER);
    }

    /** Opens a file; empty where it holds no key of the range. */
    static Optional<RowRun> open(Dimension dimension, PublishedDimension.File file, KeyRange range, Configuration conf)
            throws IOException {
        Table table = dimension.table();
        Path path = new Path(file.path());
        ParquetReader<Row> reader = range.covers(file)
                ? ParquetRows.reader(table, path, conf)
                : ParquetRows.reader(table, path, conf, dimension.key(), range.least(), range.greatest());
        PublishedRun run = new PublishedRun(table, dimension.key(), file.path(), reader, range);
        try {
            if (run.advance()) {
                return Optional.of(run);
            }
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
        reader.close();
        return Optional.empty();
    }

    @Override
    public PlacedRow head() {
        return Objects.requireNonNull(head, "a run has a row");
    }

    /** @throws IOException if the file cannot be read, or is not in the order of key and version */
    @Override
    public boolean advance() throws IOException {
        for (Row row = reader.read(); row != null; row = reader.read()) {
            int thing = (Integer) Objects.requireNonNull(row.get(key));
            if (range.contains(thing)) {
                int version = (Integer) Objects.requireNonNull(row.get(versionNumber));
                RowPlace place = RowPlace.ofPublished(thing, version);
                if (head != null && head.place().compareTo(place) >= 0) {
                    throw new IOException("Cannot merge %s: version %d of %d comes too late (expected: ordered by %s)"
                            .formatted(file, version, thing, row.table().primaryKey()));
                }
                head = new PlacedRow(place, 0, row);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
