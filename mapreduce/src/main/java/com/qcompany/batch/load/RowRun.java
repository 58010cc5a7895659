package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Rows in their order, of which the next one is at hand; a block in memory, or blocks in a file one by one. */
final class RowRun implements Comparable<RowRun>, Closeable {

    private final @Nullable DataInputStream file;
    private final BlockFormat format;
    private PackedInput block;
    private long blocksLeft;
    private PlacedRow head;

    private RowRun(BlockFormat format, @Nullable DataInputStream file, PackedInput block, long blocksLeft) {
        this.format = format;
        this.file = file;
        this.block = block;
        this.blocksLeft = blocksLeft;
        this.head = format.read(block);
    }

    /** The rows of a block, which has at least one. */
    static RowRun of(BlockFormat format, PackedInput block) {
        return new RowRun(format, null, block, 0);
    }

    /** The rows of a file of blocks, which it has at least one of; closing deletes it. */
    static RowRun of(BlockFormat format, Path file, long blocks) throws IOException {
        DataInputStream in = new DataInputStream(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        return new RowRun(format, in, PackedInput.read(in), blocks - 1);
    }

    /** The row it is at. */
    PlacedRow head() {
        return head;
    }

    /** Goes to the next row; false if there is none. */
    boolean advance() throws IOException {
        if (!block.hasMore()) {
            if (file == null || blocksLeft == 0) {
                return false;
            }
            block = PackedInput.read(file);
            blocksLeft--;
        }
        head = format.read(block);
        return true;
    }

    @Override
    public int compareTo(RowRun other) {
        return head.place().compareTo(other.head.place());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
