package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordTextTest {

    @Test
    void decodesUtf8() {
        assertThat(RecordText.decode("ä€😀".getBytes(UTF_8))).isEqualTo(new RecordText("ä€😀", true));
    }

    @Test
    void keepsAReplacementCharacterThatWasThere() {
        assertThat(RecordText.decode("a\uFFFDb".getBytes(UTF_8))).isEqualTo(new RecordText("a\uFFFDb", true));
    }

    @Test
    void encodesOtherBytesAsBase64() {
        byte[] bytes = {'a', (byte) 0xE4, 'b'};
        RecordText text = RecordText.decode(bytes);
        assertThat(text).isEqualTo(new RecordText("YeRi", false));
        assertThat(text.encoding()).isEqualTo("base64");
    }
}
