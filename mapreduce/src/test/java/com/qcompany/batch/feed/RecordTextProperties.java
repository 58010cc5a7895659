package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

class RecordTextProperties {

    @Property(tries = 5000)
    void givesWhatCommonsCsvGivesForEachRecordInTurn(@ForAll("records") List<String> records) {
        for (String record : records) {
            assertThat(new RecordText(record, true).fields()).as(record).isEqualTo(byCommonsCsv(record));
        }
    }

    @Property
    void givesWhatCommonsCsvGivesForAnyText(@ForAll String record) {
        assertThat(new RecordText(record, true).fields()).isEqualTo(byCommonsCsv(record));
    }

    @Example
    void refusesWhatIsNotOneRecord() {
        assertThat(new RecordText("a,\"b", true).fields()).isEmpty();
        assertThat(new RecordText("\"a\"b,c", true).fields()).isEmpty();
        assertThat(new RecordText("a\rb", true).fields()).isEmpty();
        assertThat(new RecordText("a,b,\"c\"", true).fields()).contains(List.of("a", "b", "c"));
    }

    @Example
    void readsAQuotedFieldLongerThanAnyBuffer() {
        String text = "x\n\"\"".repeat(30_000);
        assertThat(new RecordText("a,\"" + text + "\",b", true).fields())
                .contains(List.of("a", text.replace("\"\"", "\""), "b"));
        assertThat(new RecordText("\"c\",d", true).fields()).contains(List.of("c", "d"));
    }

    @Provide
    Arbitrary<List<String>> records() {
        return Arbitraries.strings()
                .withChars("ab,,,\"\"\"\n\r ä€")
                .ofMinLength(1)
                .ofMaxLength(14)
                .list()
                .ofMaxSize(4);
    }

    /** The fields, or empty if it is not exactly one record; an empty text is one empty field. */
    private static Optional<List<String>> byCommonsCsv(String text) {
        try {
            List<CSVRecord> records = CSVParser.parse(new StringReader(text + "\n"), CSVFormat.RFC4180)
                    .getRecords();
            return records.size() == 1 ? Optional.of(records.get(0).toList()) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
