package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class HybridEncodingTest {

    @Property
    void whatIsWrittenIsReadHoweverManyAtATime(
            @ForAll("numbers") int[] numbers,
            @ForAll @IntRange(min = 17, max = 32) int width,
            @ForAll @IntRange(min = 1, max = 50) int atATime)
            throws IOException {
        HybridReader reader = new HybridReader(encoded(numbers, width), 0, width);

        int[] read = new int[numbers.length];
        for (int from = 0; from < read.length; from += atATime) {
            reader.read(read, from, Math.min(atATime, read.length - from));
        }

        assertThat(read).isEqualTo(numbers);
    }

    @Property
    void codesAreWhatTheyWereHoweverNarrow(@ForAll("numbers") int[] numbers, @ForAll boolean isNegative) {
        int[] signed =
                isNegative ? IntStream.of(numbers).map(number -> -1 - number).toArray() : numbers;

        Codes codes = Codes.of(signed);

        assertThat(IntStream.range(0, signed.length).map(codes::get).toArray()).isEqualTo(signed);
    }

    /** Runs and single numbers mixed. */
    @Provide
    Arbitrary<int[]> numbers() {
        Arbitrary<Integer> number = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 300),
                Arbitraries.integers().between(0, (1 << 17) - 1));
        Arbitrary<Integer> times = Arbitraries.integers().between(1, 40);
        return Combinators.combine(number, times)
                .as((same, count) -> Collections.nCopies(count, same))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(runs -> runs.stream()
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    private static byte[] encoded(int[] numbers, int width) throws IOException {
        HybridWriter writer = new HybridWriter();
        IntStream.of(numbers).forEach(writer::add);
        return writer.encode(width);
    }
}
