package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Sales in their order, of which the next one is at hand; a block in memory, or blocks in a file one by one. */
final class SaleRun implements Comparable<SaleRun>, Closeable {

    private final @Nullable DataInputStream file;
    private PackedInput block;
    private long blocksLeft;
    private Sale head;

    private SaleRun(@Nullable DataInputStream file, PackedInput block, long blocksLeft) {
        this.file = file;
        this.block = block;
        this.blocksLeft = blocksLeft;
        this.head = Sale.read(block);
    }

    /** The sales of a block, which has at least one. */
    static SaleRun of(PackedInput block) {
        return new SaleRun(null, block, 0);
    }

    /** The sales of a file of blocks, which it has at least one of; closing deletes it. */
    static SaleRun of(Path file, long blocks) throws IOException {
        DataInputStream in = new DataInputStream(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        return new SaleRun(in, PackedInput.read(in), blocks - 1);
    }

    /** The sale it is at. */
    Sale head() {
        return head;
    }

    /** Goes to the next sale; false if there is none. */
    boolean advance() throws IOException {
        if (!block.hasMore()) {
            if (file == null || blocksLeft == 0) {
                return false;
            }
            block = PackedInput.read(file);
            blocksLeft--;
        }
        head = Sale.read(block);
        return true;
    }

    @Override
    public int compareTo(SaleRun other) {
        return head.place().compareTo(other.head.place());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
