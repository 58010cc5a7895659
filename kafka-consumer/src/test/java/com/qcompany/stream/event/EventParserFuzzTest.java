package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.qcompany.stream.event.Rejection.Code;
import org.apache.hadoop.conf.Configuration;

/** Whatever bytes a record has, rules of ours judge it. CONTRIBUTING.md says how to search for more of them. */
class EventParserFuzzTest {

    private final EventParser parser = new EventParser(new Configuration(false));
    private final EventRow row = new EventRow();

    @FuzzTest
    void takesARecordOrSaysWhatIsWrong(byte[] value) {
        Rejection rejection = parser.parse(Records.of(value), row);

        if (rejection != null) {
            assertThat(rejection.code()).isNotEqualTo(Code.UNREADABLE);
            assertThat(rejection.message()).isNotBlank();
        }
    }
}
