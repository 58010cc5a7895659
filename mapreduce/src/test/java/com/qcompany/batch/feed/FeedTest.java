package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {

    private static final String BRANCHES = "feeds/branches.json";
    private static final String SALES = "feeds/sales_transactions.json";

    @Test
    void knowsItsFilesByName() {
        FeedCatalog catalog = FeedCatalog.bundled();
        assertThat(catalog.feedOf("branches_SS_raw_1.csv")).contains(catalog.feed("branches"));
        assertThat(catalog.feedOf("sales_agents_SS_raw_12.csv")).contains(catalog.feed("sales_agents"));
        assertThat(catalog.feedOf("Sales_Transactions_SS_raw_3.CSV")).contains(catalog.feed("sales_transactions"));
        assertThat(catalog.feedOf("notes.txt")).isEmpty();
    }

    @Test
    void namesTheFeedsItHas() {
        assertThatThrownBy(() -> FeedCatalog.bundled().feed("stock"))
                .hasMessage("Cannot find feed stock (expected one of [branches, sales_agents, sales_transactions])");
    }

    @Test
    void readsTheDimensionsFiles() {
        Feed feed = FeedCatalog.bundled().feed("branches");
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "b.csv", List.of("branch_id", "location", "establish_date", "class")),
                (table, key) -> true);
        assertThat(((Accepted) parser.parse("1,New York,2017-01-15,A")).values())
                .containsExactly(1, "New York", LocalDate.of(2017, 1, 15), "A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                BRANCHES + "|`\"name\": \"branches\"`|`\"name\": \"branches\", \"owner\": \"me\"`|owner",
                BRANCHES + "|`\"name\": \"branches\",`|``|name",
                BRANCHES + "|`\"type\": \"int\"`|`\"type\": \"float\"`|Cannot use type float",
                BRANCHES + "|`\"type\": \"int\"`|`\"type\": \"int\", \"type\": \"int\"`|Duplicate field 'type'",
                BRANCHES + "|`\"dates\": [\"uuuu-M-d\"]`|`\"dates\": [\"YYYY\"]`|Cannot read date pattern: YYYY",
                BRANCHES + "|`, \"dates\": [\"uuuu-M-d\"]`|``|Cannot declare column establish_date without dates",
                BRANCHES + "|`\"branch_dim\"`|`\"branches_dim\"`|Cannot find table branches_dim",
                BRANCHES + "|`\"branch_class\"`|`\"branch_klass\"`|nothing fills branch_dim.branch_class",
                BRANCHES + "|`\"branch_class\"`|`\"location\"`|column location is declared twice",
                BRANCHES + "|`\"name\": \"location\", \"type\": \"text\"`|`\"name\": \"location\", \"type\": \"int\"`|"
                        + "location of type int into branch_dim.location",
                BRANCHES + "|`\"type\": \"text\", \"required\": true`|`\"type\": \"text\"`|location may be absent",
                BRANCHES
                        + "|`\"type\": \"text\"`|`\"type\": \"text\", \"pattern\": \"(\"`|Cannot read pattern of location",
                BRANCHES + "|`\"type\": \"text\"`|`\"type\": \"text\", \"range\": {\"min\": 1}`|with range",
                SALES + "|`\"kind\": \"only_true\"`|`\"kind\": \"only_one\"`|only_one",
                SALES + "|`\"kind\": \"extract\"`|`\"kind\": \"guess\"`|guess",
                SALES + "|`\"iff\"`|`\"maybe\"`|maybe",
                SALES + "|`\"multiply\"`|`\"power\"`|power",
                SALES + "|`{\"column\": \"units\"}`|`{\"column\": \"pieces\"}`|undeclared column pieces",
                SALES
                        + "|`{\"column\": \"units\"}`|`{\"column\": \"product_name\"}`|column product_name is string here",
                SALES + "|`{\"absent\": \"branch_id\"}`|`{\"absent\": \"shop_id\"}`|undeclared column shop_id",
                SALES + "|`{\"is_true\": \"is_online\"}`|`{\"is_true\": \"units\"}`|column units is int here",
                SALES + "|`\"column\": \"branch_id\"`|`\"column\": \"product_name\"`|Cannot look up product_name",
                SALES + "|`\"table\": \"branch_dim\"`|`\"table\": \"kafka\"`|Cannot look up branch_id in kafka",
                SALES + "|`\"run_id\"`|`\"run\"`|has no column run",
                SALES + "|`\"outputs\"`|`\"puts\"`|puts",
            })
    void refusesADeclarationThatDoesNotAddUp(String resource, String part, String changed, String complaint)
            throws IOException {
        String json = text(resource);
        assertThat(json).contains(part);
        String broken = json.replace(part, changed == null ? "" : changed);
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load feed from contract.json: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void appliesTheRulesOfADeclarationThatIsNotBundled() throws IOException {
        Feed feed = read(
                """
                {
                  "name": "stock",
                  "file_pattern": "stock.*",
                  "columns": [
                    {"name": "sku", "type": "text", "required": true, "pattern": "[A-Z]-\\\\d+"},
                    {"name": "shelf", "type": "text", "allowed": ["top", "bottom"],
                     "clean": [{"kind": "absent_if", "values": ["n/a", "-"], "fixed": "shelf_unknown"}]},
                    {"name": "pieces", "type": "bigint", "range": {"min": 0, "below": 100}},
                    {"name": "spoilt", "type": "bigint", "range": {"max": 5}}
                  ],
                  "derived": [
                    {"kind": "compute", "into": "share", "type": "decimal(4,2)", "code": "share_inexact",
                     "expression": {"divide": [{"column": "pieces"}, {"column": "spoilt"}]}},
                    {"kind": "compute", "into": "sound", "type": "int", "code": "sound_inexact",
                     "expression": {"subtract": [{"add": [{"column": "pieces"}, {"value": 1}]}, {"column": "spoilt"}]}}
                  ],
                  "rules": [
                    {"kind": "holds", "code": "shelf_or_pieces", "allowed": "a shelf, or pieces and nothing spoilt",
                     "condition": {"any": [{"present": "shelf"}, {"not": {"absent": "pieces"}}]}}
                  ],
                  "outputs": []
                }
                """);
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "stock.csv", List.of("sku", "shelf", "pieces", "spoilt")), (table, key) -> false);
        assertThat(values(parser.parse("A-1,top,7,4")))
                .containsExactly("A-1", "top", 7L, 4L, new java.math.BigDecimal("1.75"), 4);
        assertThat(values(parser.parse("A-1,N/A,7,"))).containsExactly("A-1", null, 7L, null, null, null);
        assertThat(codes(parser.parse("a1,middle,100,6")))
                .containsExactly("sku_malformed", "shelf_not_allowed", "pieces_out_of_range", "spoilt_out_of_range");
        assertThat(codes(parser.parse("A-1,-,,4"))).containsExactly("shelf_or_pieces");
        assertThat(codes(parser.parse("A-1,top,1,3"))).containsExactly("share_inexact");
        assertThat(codes(parser.parse("A-1,top,1,0"))).containsExactly("share_inexact");
    }

    private static Object[] values(Outcome outcome) {
        return ((Accepted) outcome).values();
    }

    private static List<String> codes(Outcome outcome) {
        return ((Rejected) outcome).codes();
    }

    private static Feed read(String json) throws IOException {
        return Feed.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "contract.json");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Feed.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
