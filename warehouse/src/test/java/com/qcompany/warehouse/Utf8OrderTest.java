package com.qcompany.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
}
