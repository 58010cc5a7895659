package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "12.5,125000",
        "-12.34,-123400",
        "0.0001,1",
        "12.50000000000000000000,125000",
        "99999999999999.9999,999999999999999999",
        "1e2,1000000",
        "125E-2,12500",
        "0e999999999,0",
        "0.000000000000000000000000,0"
    })
    void readsExactly(String number, long unscaled) {
        assertThat(read(number)).isEqualTo(unscaled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.00001",
                "100000000000000",
                "99999999999999.99999",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "100E2147483647",
                "100E-2147483647",
                "1E-2147483648",
                "123456789012345678901234567890"
            })
    void doesNotRound(String number) {
        assertThatThrownBy(() -> read(number))
                .isInstanceOfAny(ArithmeticException.class, IllegalArgumentException.class);
    }

    @Property
    void agreesWithBigDecimal(
            @ForAll @BigRange(min = "-1000000000000000", max = "1000000000000000") @Scale(6) BigDecimal number,
            @ForAll @IntRange(max = 3) int zeros) {
        String text = number.toPlainString() + (number.scale() > 0 ? "0".repeat(zeros) : "");
        BigDecimal plain = number.stripTrailingZeros();
        boolean fits = plain.scale() <= 4 && plain.abs().compareTo(new BigDecimal("99999999999999.9999")) <= 0;

        if (fits) {
            assertThat(read(text)).isEqualTo(number.movePointRight(4).longValueExact());
        } else {
            doesNotRound(text);
        }
    }

    private static long read(String number) {
        Row row = new Row(StarSchema.KAFKA).set("totalamount", new BigDecimal(number));
        return (Long) Objects.requireNonNull(row.stored(row.table().indexOf("totalamount")));
    }
}
