package com.qcompany.stream.compact;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a sorted run: blocks of rows as they are in memory, compressed column by column. Their codes mean something
 * only to the sort, which keeps the dictionaries. {@link RunInput} reads it.
 *
 * <pre>
 * block: number of rows, then for each leaf column: size, size compressed, {@link ColumnValues#write} compressed
 * </pre>
 */
final class RunOutput implements RowOutput, Closeable {

    private static final int FASTEST = 1;

    private final Path path;
    private final FSDataOutputStream file;
    private final ColumnWorkers workers;

    RunOutput(FileSystem fs, Path path, ColumnWorkers workers) throws IOException {
        this.path = path;
        this.file = fs.create(path, true);
        this.workers = workers;
    }

    @Override
    public void write(RowOrder order) throws IOException {
        byte[][] columns = new byte[RowBlock.COLUMNS.size()][];
        int[] sizes = new int[columns.length];
        workers.forEachColumn(column -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            order.gather(column).write(new DataOutputStream(bytes));
            sizes[column] = bytes.size();
            columns[column] = Zstd.compress(bytes.toByteArray(), FASTEST);
        });
        file.writeInt(order.rows());
        for (int column = 0; column < columns.length; column++) {
            file.writeInt(sizes[column]);
            file.writeInt(columns[column].length);
            file.write(columns[column]);
        }
    }

    /** Throws an exception of its own: one that a failed stream throws again cannot suppress itself. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } catch (IOException e) {
            throw new IOException("Cannot close %s: %s".formatted(path, e.getMessage()), e);
        }
    }
}
