package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Rows of a block in memory, or of blocks in a file one by one. */
final class BlockRun implements RowRun {

    private final @Nullable DataInputStream file;
    private final BlockFormat format;
    private PackedInput block;
    private long blocksLeft;
    private PlacedRow head;

    private BlockRun(BlockFormat format, @Nullable DataInputStream file, PackedInput block, long blocksLeft) {
        this.format = format;
        this.file = file;
        this.block = block;
        this.blocksLeft = blocksLeft;
        this.head = format.read(block);
    }

    /** The rows of a block, which has at least one. */
    static BlockRun of(BlockFormat format, PackedInput block) {
        return new BlockRun(format, null, block, 0);
    }

    /** The rows of a file of blocks, which it has at least one of; closing deletes it. */
    static BlockRun of(BlockFormat format, Path file, long blocks) throws IOException {
        DataInputStream in = new DataInputStream(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        return new BlockRun(format, in, PackedInput.read(in), blocks - 1);
    }

    @Override
    public PlacedRow head() {
        return head;
    }

    @Override
    public boolean advance() throws IOException {
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
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
