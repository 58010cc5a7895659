package com.qcompany.batch.job;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
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
    private static final Comparator<ShuffleKey> BY_GROUP =
            Comparator.comparingInt(ShuffleKey::table).thenComparing(key -> key.group);
    private static final Comparator<ShuffleKey> ORDER =
            BY_GROUP.thenComparing(key -> key.name).thenComparingLong(ShuffleKey::number);

    static {
        WritableComparator.define(ShuffleKey.class, new Sorting());
    }

    private int table;
    private final Text group = new Text();
    private final Text name = new Text();
    private long number;

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
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShuffleKey that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, group, name, number);
    }

    /** Orders keys as they are written, without making objects of them. */
    static final class Sorting extends WritableComparator {
        private final Grouping grouping = new Grouping();

        Sorting() {
            super(ShuffleKey.class);
        }

        @Override
        public int compare(byte[] left, int from, int length, byte[] right, int rightFrom, int rightLength) {
            int order = grouping.compare(left, from, length, right, rightFrom, rightLength);
            if (order != 0) {
                return order;
            }
            int name = Grouping.end(left, from + 1);
            int rightName = Grouping.end(right, rightFrom + 1);
            order = Grouping.compareTexts(left, name, right, rightName);
            return order != 0
                    ? order
                    : Long.compare(
                            readLong(left, Grouping.end(left, name)), readLong(right, Grouping.end(right, rightName)));
        }
    }

    /** Two keys are equal where table and group are. */
    static final class Grouping extends WritableComparator {
        private static final Text.Comparator TEXTS = new Text.Comparator();

        Grouping() {
            super(ShuffleKey.class);
        }

        @Override
        @SuppressWarnings("rawtypes") // As Hadoop declares it.
        public int compare(WritableComparable left, WritableComparable right) {
            return BY_GROUP.compare((ShuffleKey) left, (ShuffleKey) right);
        }

        @Override
        public int compare(byte[] left, int from, int length, byte[] right, int rightFrom, int rightLength) {
            int order = Byte.compare(left[from], right[rightFrom]);
            return order != 0 ? order : compareTexts(left, from + 1, right, rightFrom + 1);
        }

        private static int compareTexts(byte[] left, int from, byte[] right, int rightFrom) {
            return TEXTS.compare(
                    left, from, end(left, from) - from, right, rightFrom, end(right, rightFrom) - rightFrom);
        }

        /** Where a written text ends. */
        private static int end(byte[] bytes, int from) {
            try {
                return from + WritableUtils.decodeVIntSize(bytes[from]) + readVInt(bytes, from);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read a key of the shuffle", e);
            }
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
}
