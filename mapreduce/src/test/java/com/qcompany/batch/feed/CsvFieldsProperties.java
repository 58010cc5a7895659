package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

class CsvFieldsProperties {

    private final CsvFields fields = new CsvFields();

    @Property(tries = 5000)
    void givesWhatCommonsCsvGivesForEachRecordInTurn(@ForAll("records") List<String> records) {
        for (String record : records) {
            Optional<List<String>> found = fields.split(record) ? Optional.of(fieldsOf(fields)) : Optional.empty();
            assertThat(found).as(record).isEqualTo(byCommonsCsv(record));
        }
    }

    @Property
    void givesWhatCommonsCsvGivesForAnyText(@ForAll String record) {
        Optional<List<String>> found = fields.split(record) ? Optional.of(fieldsOf(fields)) : Optional.empty();
        assertThat(found).isEqualTo(byCommonsCsv(record));
    }

    @Example
    void refusesWhatIsNotOneRecord() {
        assertThat(fields.split("a,\"b")).isFalse();
        assertThat(fields.split("\"a\"b,c")).isFalse();
        assertThat(fields.split("a\rb")).isFalse();
        assertThat(fields.split("a,b,\"c\"")).isTrue();
        assertThat(fieldsOf(fields)).containsExactly("a", "b", "c");
    }

    @Example
    void readsAQuotedFieldLongerThanAnyBuffer() {
        String text = "x\n\"\"".repeat(30_000);
        assertThat(fields.split("a,\"" + text + "\",b")).isTrue();
        assertThat(fieldsOf(fields)).containsExactly("a", text.replace("\"\"", "\""), "b");
        assertThat(fields.split("\"c\",d")).isTrue();
        assertThat(fieldsOf(fields)).containsExactly("c", "d");
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

    static List<String> fieldsOf(CsvFields fields) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            String field = fields.text(i).substring(fields.start(i), fields.end(i));
            assertThat(fields.field(i)).isEqualTo(field);
            found.add(field);
        }
        return found;
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
