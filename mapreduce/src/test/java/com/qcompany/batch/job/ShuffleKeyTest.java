package com.qcompany.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.WritableComparator;

class ShuffleKeyTest {

    private static final Comparator<Content> ORDER = Comparator.comparingInt(Content::table)
            .thenComparing(Content::group, ShuffleKeyTest::compareUtf8)
            .thenComparing(Content::name, ShuffleKeyTest::compareUtf8)
            .thenComparingLong(Content::number);

    /** What a key is made of. */
    record Content(int table, String group, String name, long number) {
        ShuffleKey key() {
            return new ShuffleKey().set(table, group, name, number);
        }
    }

    @Property
    void keysAreOrderedByTableUtf8TextsAndNumberOverTheirBytesToo(
            @ForAll("contents") Content left, @ForAll("contents") Content right) throws Exception {
        int expected = Integer.signum(ORDER.compare(left, right));

        assertThat(Integer.signum(left.key().compareTo(right.key()))).isEqualTo(expected);
        assertThat(compareBytes(WritableComparator.get(ShuffleKey.class), left, right))
                .isEqualTo(expected);
        assertThat(left.key().equals(right.key())).isEqualTo(expected == 0);
    }

    @Property
    void oneReduceCallGetsTheRowsOfATableAndGroup(@ForAll("contents") Content left, @ForAll("contents") Content right)
            throws Exception {
        boolean together = compareBytes(new ShuffleKey.Grouping(), left, right) == 0;

        assertThat(together)
                .isEqualTo(left.table() == right.table() && left.group().equals(right.group()));
        if (together) {
            ShuffleKey.ByGroup partitioner = new ShuffleKey.ByGroup();
            assertThat(partitioner.getPartition(left.key(), new BytesWritable(), 7))
                    .isEqualTo(partitioner.getPartition(right.key(), new BytesWritable(), 7));
        }
    }

    @Property
    void aKeyIsReadAsItWasWritten(@ForAll("contents") Content content) throws Exception {
        DataOutputBuffer bytes = bytes(content);
        DataInputBuffer in = new DataInputBuffer();
        in.reset(bytes.getData(), bytes.getLength());
        ShuffleKey read = new ShuffleKey().set(1, "other", "longer than before", 1);

        read.readFields(in);

        assertThat(new Content(read.table(), read.group(), content.name(), read.number()))
                .isEqualTo(content);
    }

    @Property
    void numbersAsTextsAreOrderedAsNumbers(@ForAll int left, @ForAll int right) {
        assertThat(Integer.signum(ShuffleKey.ordered(left).compareTo(ShuffleKey.ordered(right))))
                .isEqualTo(Integer.compare(left, right));
    }

    @Provide
    Arbitrary<Content> contents() {
        Arbitrary<String> few = Arbitraries.of(
                "", "a", "ab", "b", "\0", "\1", "\0\1", "\1\1", "\1\2", "\1a", "\u00e9", "\uffee", "\ud83d\ude00");
        Arbitrary<String> any =
                Arbitraries.strings().excludeChars('\ufffd').ofMaxLength(200).map(ShuffleKeyTest::valid);
        Arbitrary<String> texts = Arbitraries.oneOf(few, few, any);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        texts,
                        texts,
                        Arbitraries.longs().edgeCases(config -> config.add(0L, -1L, Long.MIN_VALUE)))
                .as(Content::new);
    }

    /** Without halves of pairs, which no UTF-8 text has. */
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static int compareBytes(RawComparator<?> comparator, Content left, Content right) throws Exception {
        DataOutputBuffer a = bytes(left);
        DataOutputBuffer b = bytes(right);
        byte[] shifted = new byte[b.getLength() + 3];
        System.arraycopy(b.getData(), 0, shifted, 3, b.getLength());
        return Integer.signum(comparator.compare(a.getData(), 0, a.getLength(), shifted, 3, b.getLength()));
    }

    private static DataOutputBuffer bytes(Content content) throws Exception {
        DataOutputBuffer out = new DataOutputBuffer();
        content.key().write(out);
        return out;
    }

    private static int compareUtf8(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
