package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LineDigestProperties {

    @Property
    void isTheSameWhateverEndsTheLinesAndHoweverTheyAreCut(
            @ForAll("lines") List<String> lines, @ForAll @IntRange(min = 1, max = 5) int block) {
        String unix = String.join("\n", lines);
        String windows = String.join("\r\n", lines);

        assertThat(digest(windows, block))
                .isEqualTo(digest(unix, 1_000))
                .isEqualTo(digest(unix + "\n", block))
                .isEqualTo(digest("\r\n\n" + windows + "\r\n", block));
    }

    @Property
    void isAnotherForOtherLines(@ForAll("lines") List<String> left, @ForAll("lines") List<String> right) {
        boolean same = left.equals(right);

        assertThat(digest(String.join("\n", left), 3).equals(digest(String.join("\n", right), 3)))
                .isEqualTo(same);
    }

    @Property
    void knowsWhetherTheLastLineEnds(
            @ForAll("lines") List<String> lines, @ForAll @IntRange(min = 1, max = 5) int block) {
        String text = String.join("\r\n", lines);

        assertThat(written(text, block).endsWithLineEnd()).isFalse();
        assertThat(written(text + "\r", block).endsWithLineEnd()).isFalse();
        assertThat(written(text + "\r\n", block).endsWithLineEnd()).isTrue();
    }

    /** Lines that are not empty; a carriage return in one is content, but not at its end. */
    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.strings()
                .withChars('a', ',', '\r')
                .ofMinLength(0)
                .ofMaxLength(5)
                .map(text -> text + "b")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static String digest(String text, int block) {
        return written(text, block).sha256();
    }

    private static LineDigest written(String text, int block) {
        LineDigest digest = new LineDigest();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += block) {
            digest.write(bytes, from, Math.min(block, bytes.length - from));
        }
        return digest;
    }
}
