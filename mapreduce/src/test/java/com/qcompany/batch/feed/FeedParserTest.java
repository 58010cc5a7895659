package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.SalesLines.BRANCH_SALE;
import static com.qcompany.batch.feed.SalesLines.HEADER;
import static com.qcompany.batch.feed.SalesLines.ONLINE_SALE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeedParserTest {

    private final Feed feed = FeedCatalog.bundled().feed("sales_transactions");

    @Test
    void findsColumnsByNameInAnyOrder() {
        List<String> names = Arrays.asList(HEADER.split(","));
        List<String> values = Arrays.asList(ONLINE_SALE.split(",", -1));
        Accepted expected = (Accepted) parser(HEADER).parse(ONLINE_SALE);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            order.add(i);
        }
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(order, random);
            String header = String.join(",", order.stream().map(names::get).toList());
            String line = String.join(",", order.stream().map(values::get).toList());
            assertThat(((Accepted) parser(header).parse(line)).values()).containsExactly(expected.values());
        }
    }

    @Test
    void takesTheRightSpellingOfMisspeltColumnsToo() {
        String header = HEADER.replace("cusomter", "customer").toUpperCase(java.util.Locale.ROOT);
        assertThat(((Accepted) parser(header).parse(BRANCH_SALE)).values())
                .containsExactly(((Accepted) parser(HEADER).parse(BRANCH_SALE)).values());
    }

    @Test
    void keepsUnknownColumnsThatAreNotEmpty() {
        FeedParser parser = parser(HEADER.replace("units", "Logs , units") + ",source,,note");
        String line = ONLINE_SALE.replace(",3,79.99", ", a b ,3,79.99");
        assertThat(((Accepted) parser.parse(line + ",web,x,\"é,\n\"")).extras())
                .containsExactly(
                        entry("Logs ", " a b "),
                        entry("source", "web"),
                        entry("column_24", "x"),
                        entry("note", "é,\n"));
        assertThat(((Accepted) parser.parse(line + ",,,")).extras()).containsExactly(entry("Logs ", " a b "));
        assertThat(((Accepted) parser.parse(line)).extras()).containsExactly(entry("Logs ", " a b "));
    }

    @Test
    void rejectsFewerFieldsThanTheLastRequiredColumn() {
        String shorter = BRANCH_SALE.substring(0, BRANCH_SALE.lastIndexOf(','));
        assertThat(codes(parser(HEADER).parse(shorter))).containsExactly("too_few_fields");
        assertThat(codes(parser(HEADER).parse(""))).containsExactly("too_few_fields");
    }

    @Test
    void rejectsALineThatLeavesOutMoreThanOptionalColumns() {
        String header = "shipping_address," + HEADER.replace(",shipping_address", "");
        assertThat(parser(header).parse("," + BRANCH_SALE)).isInstanceOf(Accepted.class);
        assertThat(codes(parser(header).parse(BRANCH_SALE))).containsExactly("too_few_fields");
    }

    @Test
    void readsAFileWithoutTheOptionalColumn() {
        String header = HEADER.replace(",shipping_address", "");
        assertThat(parser(header).parse(BRANCH_SALE)).isInstanceOf(Accepted.class);
    }

    @Test
    void rejectsMoreFieldsThanTheHeader() {
        Rejected rejected = (Rejected) parser(HEADER).parse(ONLINE_SALE + ",x");
        assertThat(rejected.codes()).containsExactly("too_many_fields");
        assertThat(rejected.message()).startsWith("Cannot parse record: 22 fields (allowed: at most one field");
    }

    @Test
    void toleratesTrailingCommasAndCountsThem() {
        FeedParser parser = parser(HEADER);
        assertThat(parser.parse(ONLINE_SALE + ",, ,")).isInstanceOf(Accepted.class);
        assertThat(counts(parser)).containsOnly(entry("email_cleaned", 1L), entry("trailing_commas", 1L));
        FeedParser withCommas = parser(HEADER + ",,");
        assertThat(((Accepted) withCommas.parse(ONLINE_SALE + ",,")).extras()).isEmpty();
        assertThat(withCommas.parse(ONLINE_SALE)).isInstanceOf(Accepted.class);
        assertThat(counts(withCommas)).containsOnly(entry("email_cleaned", 2L), entry("trailing_commas", 1L));
        assertThat(((Accepted) withCommas.parse(ONLINE_SALE + ",x,")).extras())
                .containsExactly(entry("column_22", "x"));
    }

    @Test
    void rejectsWhatIsNoCsvAndGoesOn() {
        FeedParser parser = parser(HEADER);
        for (String junk : List.of("\"", "\"a\"b", "a\rb")) {
            assertThat(codes(parser.parse(BRANCH_SALE.replace("Ada", junk)))).containsExactly("csv_malformed");
            assertThat(parser.parse(BRANCH_SALE.replace("Ada", "\"Ada\"\"\""))).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void readsQuotedFields() {
        Accepted sale = (Accepted) parser(HEADER).parse(BRANCH_SALE.replace("Ada", "\"A,\"\"d\na\""));
        assertThat(sale.values()[feed.indexOf("customer_fname")]).isEqualTo("A,\"d\na");
    }

    @Test
    void rejectsBytesThatAreNoUtf8() throws IOException {
        byte[] line = BRANCH_SALE.replace("Ada", "Zoë").getBytes(ISO_8859_1);
        assertThat(codes(parse(line, 1000))).containsExactly("not_utf8");
        assertThat(parse(BRANCH_SALE.replace("Ada", "Zoë").getBytes(UTF_8), 1000))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void rejectsARecordThatIsTooLong() throws IOException {
        assertThat(parse(BRANCH_SALE.getBytes(UTF_8), 100)).isEqualTo(RecordFault.TOO_LONG.rejected());
    }

    @Test
    void countsFixesOfAcceptedRecordsOnly() {
        FeedParser parser = parser(HEADER);
        parser.parse(BRANCH_SALE);
        parser.parse(BRANCH_SALE.replace("79.99", "0"));
        parser.parse(BRANCH_SALE);
        List<String> counts = new ArrayList<>();
        parser.drainFixes((code, count) -> counts.add(code + "=" + count));
        parser.drainFixes((code, count) -> counts.add("again " + code));
        assertThat(counts).containsExactlyInAnyOrder("email_cleaned=2", "trailing_columns_left_out=2");
    }

    private static Map<String, Long> counts(FeedParser parser) {
        Map<String, Long> counts = new TreeMap<>();
        parser.drainFixes(counts::put);
        return counts;
    }

    private Outcome parse(byte[] line, int maxRecordBytes) throws IOException {
        CsvRecordReader records =
                new CsvRecordReader(new ByteArrayInputStream(line), 0, line.length, false, maxRecordBytes);
        assertThat(records.next()).isTrue();
        return parser(HEADER).parse(records);
    }

    private FeedParser parser(String header) {
        List<String> names = Arrays.asList(header.split(",", -1));
        return new FeedParser(FeedHeader.bind(feed, "sales.csv", names), (table, key) -> true);
    }

    private static List<String> codes(Outcome outcome) {
        return ((Rejected) outcome).codes();
    }
}
