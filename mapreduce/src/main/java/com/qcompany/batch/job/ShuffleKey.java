package com.qcompany.batch.job;

import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableComparable;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.mapreduce.Partitioner;

/**
 * Composite key of a row in the shuffle. Keys are ordered by table, group, name and number; texts by their UTF-8 bytes,
 * unsigned, as Parquet orders them. One {@code reduce} call gets the rows of one table and group, in the order of name
 * and number.
 *
 * <p>It is a text whose bytes are in this order: a character for the table, group and name with a 0 after each, and the number
 * as hexadecimal digits, its sign turned: negative ones are first.
 */
public final class ShuffleKey extends Text {
    private static final String END = "\0";
    private static final int DIGITS = 16;

    // Keys are sorted as bytes; without a comparator of their own they would be read to be compared.
    static {
        WritableComparator.define(ShuffleKey.class, new Text.Comparator());
    }

    /** Sets all of it, reusing this object. */
    public ShuffleKey set(int table, String group, String name, long number) {
        String digits = HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE);
        set((char) table + escaped(group) + END + escaped(name) + END + digits);
        return this;
    }

    /** A whole number as a text that is ordered as the numbers are. */
    public static String ordered(int number) {
        return HexFormat.of().toHexDigits(number ^ Integer.MIN_VALUE);
    }

    /** Place of the row's table in {@link JobTables}. */
    public int table() {
        return charAt(0);
    }

    /** What the rows of a {@code reduce} call have in common. */
    public String group() {
        String text = toString();
        return text.substring(1, text.indexOf(END, 1)).replace("\1\1", END).replace("\1\2", "\1");
    }

    /** What orders the rows of a group and name. */
    public long number() {
        String text = toString();
        return HexFormat.fromHexDigitsToLong(text, text.length() - DIGITS, text.length()) ^ Long.MIN_VALUE;
    }

    /** A text without a 0, in the same order. */
    private static String escaped(String text) {
        return text.replace("\1", "\1\2").replace(END, "\1\1");
    }

    /** Where the table and group end among its bytes. */
    private int groupEnd() {
        return ArrayUtils.indexOf(getBytes(), (byte) 0, 1);
    }

    /** Two keys are equal where table and group are. */
    static final class Grouping extends WritableComparator {
        Grouping() {
            super(ShuffleKey.class, true);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public int compare(WritableComparable left, WritableComparable right) {
            ShuffleKey one = (ShuffleKey) left;
            ShuffleKey other = (ShuffleKey) right;
            return Arrays.compareUnsigned(one.getBytes(), 0, one.groupEnd(), other.getBytes(), 0, other.groupEnd());
        }
    }

    /** Sends the rows of a table and group to one reducer. */
    static final class ByGroup extends Partitioner<ShuffleKey, BytesWritable> {
        @Override
        public int getPartition(ShuffleKey key, BytesWritable row, int partitions) {
            int hash = WritableComparator.hashBytes(key.getBytes(), key.groupEnd());
            return (hash & Integer.MAX_VALUE) % partitions;
        }
    }
}
