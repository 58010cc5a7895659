package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class Utf8OrderTest {

    @Property
    void ordersAsTheBytesDo(@ForAll @StringLength(max = 4) String left, @ForAll @StringLength(max = 4) String right) {
        byte[] a = left.getBytes(StandardCharsets.UTF_8);
        byte[] b = right.getBytes(StandardCharsets.UTF_8);
        // An unpaired surrogate has no UTF-8 form.
        if (new String(a, StandardCharsets.UTF_8).equals(left) && new String(b, StandardCharsets.UTF_8).equals(right)) {
            assertThat(Integer.signum(Utf8Order.compare(left, right)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
        }
    }

    @Property
    void prefixesThatDifferOrderAsTheTextsDo(
            @ForAll @StringLength(max = 10) @CharRange(to = 'b') @CharRange(from = '\u00e9', to = '\u00e9') String left,
            @ForAll @StringLength(max = 10) @CharRange(to = 'b') @CharRange(from = '\u00e9', to = '\u00e9')
                    String right) {
        int byPrefix = Long.compareUnsigned(Utf8Order.prefix(left), Utf8Order.prefix(right));

        if (byPrefix != 0) {
            assertThat(Integer.signum(byPrefix)).isEqualTo(Integer.signum(Utf8Order.compare(left, right)));
        }
    }

    @Example
    void prefixesAreEightBytes() {
        assertThat(Utf8Order.prefix("abcdefgh")).isEqualTo(0x6162636465666768L);
        assertThat(Utf8Order.prefix("abcdefghi")).isEqualTo(0x6162636465666768L);
        assertThat(Utf8Order.prefix("\u00e9")).isEqualTo(0xC3A9_0000_0000_0000L);
        assertThat(Utf8Order.prefix("")).isZero();
    }
}
