package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.RowCodec;
import com.qcompany.warehouse.Table;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows of a table set aside in a local file until the writer of another table is closed, so that a reducer keeps one
 * Parquet writer open and nothing in memory.
 */
final class RowSpool implements Closeable {

    private final Path file;
    private final RowCodec codec;
    private final PackedOutput packed = new PackedOutput();
    private final DataOutputStream out;
    private long rows;

    RowSpool(Table table) throws IOException {
        this.file = Files.createTempFile("spool-" + table.name(), ".rows");
        this.codec = new RowCodec(table);
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    /** What is done with a row. */
    interface Target {
        void accept(Row row) throws IOException, InterruptedException;
    }

    void add(Row row) throws IOException {
        codec.write(row, packed.clear());
        packed.writeTo(out);
        rows++;
    }

    /** Hands over all rows in the order they were added; none can be added afterwards. */
    void drainTo(Target target) throws IOException, InterruptedException {
        out.close();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long i = 0; i < rows; i++) {
                target.accept(codec.read(PackedInput.read(in)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
