package com.qcompany.batch.publish;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.state.DataFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Stages files once more with other rows, to replace theirs: published ones, of which nothing changes, or what the run's own
 * job wrote.
 */
public record Rewrite(FileSystem fs, Configuration conf) {

    /**
     * Stages files, row by row.
     *
     * @param files all files of each of their partitions, as a replacement is of a whole partition
     * @param directory directory below a run's staging that nothing else is written to
     * @param change what becomes of a row; empty where it is left out
     * @throws IOException if a file is missing or cut
     */
    public List<DataFile> stage(List<DataFile> files, Path directory, FunctionRaisingIOE<Row, Optional<Row>> change)
            throws IOException {
        DataFile.requireAll(fs, files, conf);
        List<DataFile> staged = new ArrayList<>();
        for (DataFile file : files) {
            Path copy = new Path(directory, "%05d.parquet".formatted(staged.size()));
            staged.add(new DataFile(file.table(), file.partition(), copy, copy(file, copy, change)));
        }
        return staged;
    }

    private long copy(DataFile file, Path copy, FunctionRaisingIOE<Row, Optional<Row>> change) throws IOException {
        long written = 0;
        try (ParquetReader<Row> rows = ParquetRows.reader(file.table(), file.path(), conf);
                ParquetWriter<Row> writer = ParquetRows.writer(file.table(), copy, conf)) {
            for (Row row = rows.read(); row != null; row = rows.read()) {
                Optional<Row> changed = change.apply(row);
                if (changed.isPresent()) {
                    writer.write(changed.get());
                    written++;
                }
            }
        }
        return written;
    }
}
