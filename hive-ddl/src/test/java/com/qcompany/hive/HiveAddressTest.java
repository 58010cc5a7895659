package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiveAddressTest {

    private static final String URL =
            "jdbc:hive2://h:10000/default;ssl=true;sslTrustStore=/x.jks;trustStorePassword=open sesame?a=b#c=d";

    private final HiveAddress address = new HiveAddress(URL);

    @ParameterizedTest
    @CsvSource({
        "jdbc:hive2://h:1, jdbc:hive2://h:1/;socketTimeout=2000",
        "jdbc:hive2://h:1/, jdbc:hive2://h:1/;socketTimeout=2000",
        "jdbc:hive2://h:1/db, jdbc:hive2://h:1/db;socketTimeout=2000",
        "jdbc:hive2://h:1/;a=b?c=d#e, jdbc:hive2://h:1/;a=b;socketTimeout=2000?c=d#e",
        "jdbc:hive2://h:1/;socketTimeout=7, jdbc:hive2://h:1/;socketTimeout=7"
    })
    void boundsAnswersUnlessTheUrlDoes(String url, String bounded) {
        assertThat(new HiveAddress(url).withAnswerTimeout(Duration.ofSeconds(2)))
                .isEqualTo(bounded);
    }

    @Test
    void isNeverPrintedWithItsParameters() {
        assertThat(address).hasToString("jdbc:hive2://h:10000/default");
        assertThat(address.hideIn("Could not open client transport with JDBC Uri: " + URL + ": refused"))
                .contains("jdbc:hive2://h:10000/default", "refused")
                .doesNotContain("sesame", "trustStore");
    }

    @Test
    void namesTheInnermostCauseUnlessThatNamesTheUrl() {
        ConnectException refused = new ConnectException("Connection refused");

        assertThat(address.causeWithoutUrl(new SQLException("at " + URL, new IOException(refused))))
                .isSameAs(refused);
        assertThat(address.causeWithoutUrl(new SQLException("at " + URL))).isNull();
    }
}
