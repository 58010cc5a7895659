package com.qcompany.warehouse.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class KeyOrderTest {

    private static final Table KEYS = StarSchema.TRANSACTION_KEYS;
    private static final KeyOrder ORDER = new KeyOrder(KEYS);
    private static final Comparator<String> BYTES = (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

    @Property
    void ordersByOneTextAfterTheOtherInWhateverForm(
            @ForAll @StringLength(max = 2) @CharRange(from = 'a', to = 'b') String date,
            @ForAll @StringLength(max = 2) @CharRange(from = 'a', to = 'b') String otherDate,
            @ForAll @StringLength(max = 2) @CharRange(from = '\uD7FE', to = '\uE001') String id,
            @ForAll @StringLength(max = 2) @CharRange(from = 'a', to = '\u07FF') String otherId) {
        int byDate = BYTES.compare(date, otherDate);
        int expected = Integer.signum(byDate != 0 ? byDate : BYTES.compare(id, otherId));

        assertThat(Integer.signum(ORDER.compare(key(date, id), key(otherDate, otherId))))
                .isEqualTo(expected);
        assertThat(Integer.signum(ORDER.compare(key(date, id).encode(), key(otherDate, otherId))))
                .isEqualTo(expected);
    }

    @Example
    void tellsAKey() {
        assertThat(ORDER.key(key("2024-01-01", "t1").encode())).isEqualTo("2024-01-01/t1");
    }

    private static Row key(String date, String id) {
        return new Row(KEYS).set("transaction_date", date).set("transaction_id", id);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
