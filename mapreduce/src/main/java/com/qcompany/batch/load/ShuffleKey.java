package com.qcompany.batch.load;

import com.qcompany.warehouse.schema.Table;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.mapreduce.Partitioner;

/**
 * Key of a row in the shuffle, as bytes whose order is the order in which reducers work:
 *
 * <pre>table (1) | length of group (2) | group | order within the group: file (4), offset (8)</pre>
 *
 * <p>The group is a date, an hour, a file, or for dimensions the number of a reducer; a reducer gets one group at a
 * time, and everything of one date goes to one reducer. Rows in blocks are put in order by {@link RowMerge}.
 */
final class ShuffleKey extends BytesWritable {

    private static final int GROUP_START = 3;
    private static final int LENGTH_BYTES = 4;

    private byte[] scratch = new byte[128];
    private int length;

    /** Sets the key of a row, reusing this object. */
    ShuffleKey set(int table, String group, int file, long offset) {
        length = 0;
        byte[] groupBytes = group.getBytes(StandardCharsets.UTF_8);
        put(table);
        put(groupBytes.length >>> 8);
        put(groupBytes.length);
        for (byte b : groupBytes) {
            put(b);
        }
        putBigEndian(file, Integer.BYTES);
        putBigEndian(offset, Long.BYTES);
        set(scratch, 0, length);
        return this;
    }

    /** The table of the row. */
    Table table() {
        return LoadTables.codec(getBytes()[0]).table();
    }

    /** The group: a date, an hour, a file or the number of a reducer. */
    String group() {
        return new String(getBytes(), GROUP_START, groupEnd(getBytes(), 0) - GROUP_START, StandardCharsets.UTF_8);
    }

    private void put(int value) {
        if (length == scratch.length) {
            scratch = java.util.Arrays.copyOf(scratch, 2 * length);
        }
        scratch[length++] = (byte) value;
    }

    private void putBigEndian(long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
    }

    private static int groupEnd(byte[] bytes, int start) {
        return start + GROUP_START + ((bytes[start + 1] & 0xFF) << 8 | bytes[start + 2] & 0xFF);
    }

    /** Orders keys by their bytes. */
    static final class Sort extends WritableComparator {

        Sort() {
            super(ShuffleKey.class);
        }

        @Override
        public int compare(byte[] left, int leftStart, int leftLength, byte[] right, int rightStart, int rightLength) {
            return compareBytes(
                    left,
                    leftStart + LENGTH_BYTES,
                    leftLength - LENGTH_BYTES,
                    right,
                    rightStart + LENGTH_BYTES,
                    rightLength - LENGTH_BYTES);
        }
    }

    /** Two keys are equal where table and group are. */
    static final class Grouping implements RawComparator<ShuffleKey> {

        @Override
        public int compare(byte[] left, int leftStart, int leftLength, byte[] right, int rightStart, int rightLength) {
            return compareGroups(left, leftStart + LENGTH_BYTES, right, rightStart + LENGTH_BYTES);
        }

        @Override
        public int compare(ShuffleKey left, ShuffleKey right) {
            return compareGroups(left.getBytes(), 0, right.getBytes(), 0);
        }

        private static int compareGroups(byte[] left, int leftStart, byte[] right, int rightStart) {
            return WritableComparator.compareBytes(
                    left,
                    leftStart,
                    groupEnd(left, leftStart) - leftStart,
                    right,
                    rightStart,
                    groupEnd(right, rightStart) - rightStart);
        }
    }

    /**
     * Sends a group to one reducer: whatever its table, since a date's announcement goes where its sales go, but for
     * dimensions to the one that it names.
     */
    static final class ByGroup extends Partitioner<ShuffleKey, ShuffleValue> {

        @Override
        public int getPartition(ShuffleKey key, ShuffleValue value, int partitions) {
            byte[] bytes = key.getBytes();
            if (LoadTables.dimension(bytes[0]).isPresent()) {
                return Integer.parseInt(key.group());
            }
            int hash = WritableComparator.hashBytes(bytes, GROUP_START, groupEnd(bytes, 0) - GROUP_START);
            return (hash & Integer.MAX_VALUE) % partitions;
        }
    }
}
