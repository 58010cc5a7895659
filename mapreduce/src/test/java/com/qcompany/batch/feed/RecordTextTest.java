package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordTextTest {

    @Test
    void decodesUtf8() {
        byte[] bytes = "xxä€😀yy".getBytes(UTF_8);
        assertThat(RecordText.decode(bytes, 2, bytes.length - 4)).isEqualTo(new RecordText("ä€😀", true));
    }

    @Test
    void keepsAReplacementCharacterThatWasThere() {
        byte[] bytes = "a\uFFFDb".getBytes(UTF_8);
        assertThat(RecordText.decode(bytes, 0, bytes.length)).isEqualTo(new RecordText("a\uFFFDb", true));
    }

    @Test
    void encodesOtherBytesAsBase64() {
        byte[] bytes = {'x', 'a', (byte) 0xE4, 'b', 'x'};
        RecordText text = RecordText.decode(bytes, 1, 3);
        assertThat(text).isEqualTo(new RecordText("YeRi", false));
        assertThat(text.encoding()).isEqualTo("base64");
    }
}
