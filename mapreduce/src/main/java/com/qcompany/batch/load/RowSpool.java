package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import com.qcompany.warehouse.schema.Table;
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

    private static final int BLOCK_BYTES = 64 << 10;

    private final Path file;
    private final RowCodec codec;
    private final PackedOutput block = new PackedOutput();
    private final DataOutputStream out;
    private long blocks;

    RowSpool(Table table) throws IOException {
        this.file = Files.createTempFile("spool-" + table.name(), ".rows");
        this.codec = new RowCodec(table);
        this.out = new DataOutputStream(Files.newOutputStream(file));
    }

    /** What is done with a row. */
    interface Target {
        void accept(Row row) throws IOException, InterruptedException;
    }

    void add(Row row) throws IOException {
        codec.write(row, block);
        if (block.length() >= BLOCK_BYTES) {
            writeBlock();
        }
    }

    /** Hands over all rows in the order they were added; none can be added afterwards. */
    void drainTo(Target target) throws IOException, InterruptedException {
        writeBlock();
        out.close();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (long i = 0; i < blocks; i++) {
                PackedInput rows = PackedInput.read(in);
                while (rows.hasMore()) {
                    target.accept(codec.read(rows));
                }
            }
        }
    }

    private void writeBlock() throws IOException {
        block.writeTo(out);
        block.clear();
        blocks++;
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
