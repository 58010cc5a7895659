package com.qcompany.batch.job;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableComparable;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.Partitioner;
import org.jspecify.annotations.Nullable;

/**
 * Composite key of a row in the shuffle. Keys are ordered by table, group, name and number; texts by their UTF-8 bytes,
 * unsigned, as Parquet orders them. One {@code reduce} call gets the rows of one table and group, in the order of name
 * and number. Rows without a group are spread by their names: each reducer gets some of the names.
 */
public final class ShuffleKey implements WritableComparable<ShuffleKey> {
    private static final Text.Comparator TEXTS = new Text.Comparator();

    private int table;
    private final Text group = new Text();
    private final Text name = new Text();
    private long number;

    static {
        WritableComparator.define(ShuffleKey.class, new Order());
    }

    /** Sets all of it, reusing this object. */
    public ShuffleKey set(int newTable, String newGroup, String newName, long newNumber) {
        table = newTable;
        group.set(newGroup);
        name.set(newName);
        number = newNumber;
        return this;
    }

    /** A whole number as a text that is ordered as the numbers are. */
    public static String ordered(int number) {
        return "%010d".formatted(Integer.toUnsignedLong(number ^ Integer.MIN_VALUE));
    }

    /** Place of the row's table in {@link JobTables}. */
    public int table() {
        return table;
    }

    /** What the rows of a {@code reduce} call have in common. */
    public String group() {
        return group.toString();
    }

    /** What orders the rows of a group first. */
    public String name() {
        return name.toString();
    }

    /** What orders the rows of a group and name. */
    public long number() {
        return number;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(table);
        group.write(out);
        name.write(out);
        out.writeLong(number);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        table = in.readByte();
        group.readFields(in);
        name.readFields(in);
        number = in.readLong();
    }

    @Override
    public int compareTo(ShuffleKey other) {
        int byTable = Integer.compare(table, other.table);
        int byGroup = byTable != 0 ? byTable : group.compareTo(other.group);
        int byName = byGroup != 0 ? byGroup : name.compareTo(other.name);
        return byName != 0 ? byName : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShuffleKey that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, group, name, number);
    }

    /** The order of keys, over their bytes. */
    static final class Order extends WritableComparator {
        Order() {
            super(ShuffleKey.class, true);
        }

        @Override
        public int compare(byte[] left, int leftStart, int leftLength, byte[] right, int rightStart, int rightLength) {
            int byGroup = compareGroups(left, leftStart, right, rightStart);
            if (byGroup != 0) {
                return byGroup;
            }
            int leftName = afterText(left, leftStart + 1);
            int rightName = afterText(right, rightStart + 1);
            int byName = compareTexts(left, leftName, right, rightName);
            return byName != 0
                    ? byName
                    : Long.compare(
                            readLong(left, afterText(left, leftName)), readLong(right, afterText(right, rightName)));
        }
    }

    /** Two keys are equal where table and group are. */
    static final class Grouping extends WritableComparator {
        Grouping() {
            super(ShuffleKey.class, true);
        }

        @Override
        public int compare(byte[] left, int leftStart, int leftLength, byte[] right, int rightStart, int rightLength) {
            return compareGroups(left, leftStart, right, rightStart);
        }
    }

    /** Sends the rows of a group, and without one those of a name, to one reducer. */
    static final class ByGroup extends Partitioner<ShuffleKey, RowWritable> {
        @Override
        public int getPartition(ShuffleKey key, RowWritable row, int partitions) {
            Text spread = key.group.getLength() > 0 ? key.group : key.name;
            return ((31 * key.table + spread.hashCode()) & Integer.MAX_VALUE) % partitions;
        }
    }

    private static int compareGroups(byte[] left, int leftStart, byte[] right, int rightStart) {
        int byTable = Byte.compare(left[leftStart], right[rightStart]);
        return byTable != 0 ? byTable : compareTexts(left, leftStart + 1, right, rightStart + 1);
    }

    private static int compareTexts(byte[] left, int leftStart, byte[] right, int rightStart) {
        return TEXTS.compare(
                left,
                leftStart,
                afterText(left, leftStart) - leftStart,
                right,
                rightStart,
                afterText(right, rightStart) - rightStart);
    }

    private static int afterText(byte[] bytes, int start) {
        try {
            return start + WritableUtils.decodeVIntSize(bytes[start]) + WritableComparator.readVInt(bytes, start);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot compare keys: a text has no length", e);
        }
    }
}
