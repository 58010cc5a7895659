package com.qcompany.stream.compact;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads a run that {@link RunOutput} wrote. Memory: one block of rows. */
final class RunInput implements Closeable {

    private final FSDataInputStream file;
    private final List<ValueDictionary> dictionaries;
    private final ColumnWorkers workers;
    private long bytesLeft;

    /** @param dictionaries those of the blocks that were written */
    RunInput(FileSystem fs, Path path, List<ValueDictionary> dictionaries, ColumnWorkers workers) throws IOException {
        this.bytesLeft = fs.getFileStatus(path).getLen();
        this.file = fs.open(path);
        this.dictionaries = dictionaries;
        this.workers = workers;
    }

    /** The next rows; null at the end. */
    @Nullable
    RowBlock next() throws IOException {
        if (bytesLeft == 0) {
            return null;
        }
        int rows = file.readInt();
        bytesLeft -= Integer.BYTES;
        byte[][] columns = new byte[RowBlock.COLUMNS.size()][];
        int[] sizes = new int[columns.length];
        for (int column = 0; column < columns.length; column++) {
            sizes[column] = file.readInt();
            columns[column] = new byte[file.readInt()];
            file.readFully(columns[column]);
            bytesLeft -= 2 * Integer.BYTES + columns[column].length;
        }
        ColumnValues[] values = new ColumnValues[columns.length];
        workers.forEachColumn(column -> values[column] = ColumnValues.read(
                new DataInputStream(new ByteArrayInputStream(Zstd.decompress(columns[column], sizes[column])))));
        return new RowBlock(rows, List.of(values), dictionaries);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
