package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.contract.EventContract;
import com.qcompany.warehouse.contract.EventContract.Accept;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    private static final String CONTRACT = EventContract.among(List.of()).text().yaml();

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration(false);
    private final EventRow row = new EventRow();

    @Test
    void readsEveryColumnOfAnEvent() {
        take(
                """
                {"eventType": "purchase", "customerId": "17", "productId": "23", "timestamp": "2024-07-04T18:05:11",
                 "quantity": 3, "totalAmount": 89.97, "paymentMethod": "Credit Card",
                 "metadata": {"category": "Home & Kitchen", "source": "Search"},
                 "recommendedProductId": "24", "algorithm": "content_based"}""");

        assertThat(text("eventtype")).isEqualTo("purchase");
        assertThat(text("customerid")).isEqualTo("17");
        assertThat(text("productid")).isEqualTo("23");
        assertThat(row.eventTimeMicros()).isEqualTo(Records.micros("2024-07-04T18:05:11"));
        assertThat(row.row().get("quantity")).isEqualTo(3);
        assertThat(row.row().get("totalamount")).isEqualTo(new BigDecimal("89.9700"));
        assertThat(text("paymentmethod")).isEqualTo("Credit Card");
        assertThat(text("category")).isEqualTo("Home & Kitchen");
        assertThat(text("source")).isEqualTo("Search");
        assertThat(text("recommendedproductid")).isEqualTo("24");
        assertThat(text("algorithm")).isEqualTo("content_based");
        assertThat(extras()).isEmpty();
        assertThat(row.timeFromRecord()).isFalse();
        assertThat(new EventHour(row.hourNumber())).hasToString("2024-07-04-18");
        assertThat(row.row().get("kafka_partition")).isEqualTo(3);
        assertThat(row.row().get("kafka_offset")).isEqualTo(42L);
    }

    @Test
    void keepsUnknownFieldsAsTextsAndNestedOnesAsTheirJson() {
        take(
                """
                {"eventType": "productView", "device": "phone", "price": 1.50, "new": true, "gone": null,
                 "context": {"a": [1, {"b": "}"}], "a\\u0041": "x"}, "tags": [ "x" , "y" ],
                 "metadata": {"category": "Books", "page": {"n": 7}, "lang": "de"}}""");

        assertThat(extras())
                .containsExactly(
                        entry("device", "phone"),
                        entry("price", "1.50"),
                        entry("new", "true"),
                        entry("gone", null),
                        entry("context", "{\"a\": [1, {\"b\": \"}\"}], \"a\\u0041\": \"x\"}"),
                        entry("tags", "[ \"x\" , \"y\" ]"),
                        entry("metadata.page", "{\"n\": 7}"),
                        entry("metadata.lang", "de"));
        assertThat(text("category")).isEqualTo("Books");
    }

    @Test
    void unescapesTextsAndNames() {
        take(
                """
                {"event\\u0054ype": "a\\"b\\\\c\\n\\u00e9\\ud83d\\ude00", "customerId": "München", "k\\u00f6": "ü"}""");

        assertThat(text("eventtype")).isEqualTo("a\"b\\c\né😀");
        assertThat(text("customerid")).isEqualTo("München");
        assertThat(extras()).containsExactly(entry("kö", "ü"));
    }

    @Test
    void forgetsTheEventBefore() {
        take("{\"eventType\": \"a\", \"quantity\": 1, \"x\": \"y\", \"timestamp\": \"2024-07-04T01:00:00\"}");
        take("{\"customerId\": \"7\"}");

        assertThat(row.row().get("eventtype")).isNull();
        assertThat(row.row().get("quantity")).isNull();
        assertThat(extras()).isEmpty();
        assertThat(row.timeFromRecord()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"timestamp\": null}", "{\"metadata\": null, \"quantity\": null}"})
    void anEventWithoutTimeHasItsRecords(String json) {
        take(json);

        assertThat(row.timeFromRecord()).isTrue();
        assertThat(row.eventTimeMicros()).isEqualTo(Records.micros(Records.RECORD_TIME));
    }

    @Test
    void anEventWithoutAnyTimeHasTheTimeItWasTaken() {
        row.ingestedAt(Records.micros("2024-07-05T09:00:00"));

        assertThat(new EventParser(conf).parse(Records.of("{}".getBytes(StandardCharsets.UTF_8), -1), row))
                .isNull();

        assertThat(new EventHour(row.hourNumber())).hasToString("2024-07-05-09");
    }

    @Test
    void theZoneIsThatOfTimesWithoutOneAndOfThePartitions() {
        conf.set(StreamSettings.ZONE.key(), "Europe/Berlin");

        take("{\"timestamp\": \"2024-07-04T18:05:11\"}");
        assertThat(new EventHour(row.hourNumber())).hasToString("2024-07-04-18");
        take("{\"timestamp\": \"2024-07-04T18:05:11Z\"}");
        assertThat(new EventHour(row.hourNumber())).hasToString("2024-07-04-20");
        take("{}");
        assertThat(new EventHour(row.hourNumber())).hasToString("2024-07-04-20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    quantity       | "three"       | quantity
                    quantity       | "3 pieces"    | quantity
                    quantity       | "3.5"         | quantity
                    quantity       | "+3"          | quantity
                    quantity       | ""            | quantity
                    quantity       | 2.5           | quantity
                    quantity       | 2147483648    | quantity
                    quantity       | true          | quantity
                    quantity       | [1]           | quantity
                    totalAmount    | "12,50"       | totalamount
                    totalAmount    | "NaN"         | totalamount
                    quantity       | 100E2147483647 | quantity
                    totalAmount    | -1E-2147483648 | totalamount
                    totalAmount    | 12.34567      | totalamount
                    totalAmount    | 1e15          | totalamount
                    totalAmount    | {"eur": 1}    | totalamount
                    timestamp      | 1720116311    | timestamp
                    timestamp      | "yesterday"   | timestamp
                    timestamp      | ""            | timestamp
                    eventType      | false         | eventtype
                    customerId     | {"id": "17"}  | customerid
                    metadata       | "none"        | metadata
                    metadata       | []            | metadata
                    """)
    void refusesAValueOfAnotherType(String field, String value, String column) {
        Rejection rejection = refuse("{\"%s\": %s, \"x\": 1}".formatted(field, value));

        assertThat(rejection.code()).isEqualTo(Rejection.Code.TYPE_MISMATCH);
        assertThat(rejection.column()).isEqualTo(column);
        assertThat(rejection.value()).isEqualTo(value);
        assertThat(rejection.message()).startsWith("Cannot take %s: %s (expected ".formatted(column, value));
    }

    @Test
    void readsByRulesThatAreCountedAndCanBeTurnedOff() throws IOException {
        String event = "{\"quantity\": \"3\", \"totalAmount\": \"12.50\", \"timestamp\": %s}";

        take(event.formatted("1720116311250"));
        assertThat(row.row().get("quantity")).isEqualTo(3);
        assertThat(row.row().get("totalamount")).isEqualTo(new BigDecimal("12.5000"));
        assertThat(row.eventTimeMicros()).isEqualTo(Records.micros("2024-07-04T18:05:11.25"));
        assertThat(row.accepted()).containsExactly(Accept.EPOCH_MILLIS, Accept.NUMBER_AS_TEXT);
        take(event.formatted("\"1720116311250\""));
        take(event.formatted("\"2024-07-04 18:05:11+00:00\""));
        assertThat(row.accepted()).containsExactly(Accept.BLANK_IN_TIME, Accept.ZONE_OFFSET, Accept.NUMBER_AS_TEXT);
        take("{\"quantity\": 3}");
        assertThat(row.accepted()).isEmpty();

        contract(CONTRACT.replaceAll("value: \\[.*]", "value: []"));
        assertThat(refuse("{\"quantity\": \"3\"}").column()).isEqualTo("quantity");
        assertThat(refuse("{\"timestamp\": 1720116311250}").column()).isEqualTo("timestamp");
        contract(CONTRACT.replace("blankInTime, zoneOffset, ", ""));
        take("{\"quantity\": \"3\"}");
        assertThat(refuse("{\"timestamp\": \"2024-07-04T18:05:11Z\"}").column()).isEqualTo("timestamp");
    }

    @Test
    void rejectsAnEventWithoutWhatTheContractRequires() throws IOException {
        contract(CONTRACT.replace("      - name: customerId\n", "      - name: customerId\n        required: true\n"));

        take("{\"customerId\": \"17\"}");
        assertThat(refuse("{\"productId\": \"17\"}").message())
                .isEqualTo("Cannot take customerid: null (expected a value, which the contract requires)");
        assertThat(refuse("{\"customerId\": null}").column()).isEqualTo("customerid");
    }

    @Test
    void readsAnEventBehindAUtf8Mark() {
        take("\uFEFF{\"customerId\": \"17\", \"x\": [1]}");

        assertThat(text("customerid")).isEqualTo("17");
        assertThat(extras()).containsExactly(entry("x", "[1]"));
    }

    @Test
    void keepsWhatIsNoColumnAsItIsWritten() {
        take("{\"é\": {\"ü\": [\"😀\", 1.0]}, \"x\": \"ß\"}");

        assertThat(extras()).containsOnly(entry("é", "{\"ü\": [\"😀\", 1.0]}"), entry("x", "ß"));
    }

    @Test
    void saysWhereAnEventIsBrokenInWordsOfItsOwn() {
        assertThat(refuse("{\"metadata\": {\"category\": tru}}").message())
                .isEqualTo("Cannot read event: broken or cut at byte 30, in field metadata.category"
                        + " (expected one JSON object)");
        assertThat(refuse("{\"quantity\": " + "1".repeat(2_000) + "}").message())
                .startsWith("Cannot read event: beyond a limit at byte ")
                .contains("in field quantity (expected at most 1,000 levels");
    }

    @Test
    void takesANumberForATextAsItIsWritten() {
        take("{\"customerId\": 17, \"productId\": 1.50e2}");

        assertThat(text("customerid")).isEqualTo("17");
        assertThat(text("productid")).isEqualTo("1.50e2");
    }

    @Test
    void takesAWholeNumberHoweverItIsWritten() {
        take("{\"quantity\": 3.0, \"totalAmount\": 1.2e2}");

        assertThat(row.row().get("quantity")).isEqualTo(3);
        assertThat(row.row().get("totalamount")).isEqualTo(new BigDecimal("120.0000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"eventType\": \"purch",
                "{\"eventType\": \"purchase\"",
                "{\"eventType\": \"purchase\"} x",
                "{\"eventType\": \"purchase\"} {}",
                "{\"eventType\": }",
                "{\"metadata\": {\"category\": \"Books\"}",
                "{eventType: 1}",
                "{\"quantity\": 01}",
                "{\"quantity\": NaN}",
                "{\"a\": \"\u0001\"}",
                "nonsense",
                "\u0000\u0000",
                "{}\uFEFF"
            })
    void refusesBrokenJson(String text) {
        assertThat(refuse(text).code()).isEqualTo(Rejection.Code.BROKEN_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "1", "\"text\"", "null", "true"})
    void refusesJsonThatIsNoObject(String text) {
        assertThat(refuse(text).code()).isEqualTo(Rejection.Code.NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantity\": 1, \"quantity\": 2}",
                "{\"quantity\": null, \"quantity\": 2}",
                "{\"x\": 1, \"x\": 1}",
                "{\"metadata\": {}, \"metadata\": {}}",
                "{\"metadata\": {\"category\": \"a\", \"category\": \"b\"}}",
                "{\"metadata\": {\"x\": 1}, \"metadata.x\": 2}"
            })
    void refusesAFieldThatStandsTwice(String text) {
        assertThat(refuse(text).code()).isEqualTo(Rejection.Code.DUPLICATE_FIELD);
    }

    @Test
    void refusesTheWireFormatOfASchemaRegistryByName() {
        byte[] json = "{\"eventType\": \"purchase\"}".getBytes(StandardCharsets.UTF_8);
        byte[] value = ByteBuffer.allocate(5 + json.length)
                .put((byte) 0)
                .putInt(4711)
                .put(json)
                .array();

        Rejection rejection = refuse(Records.of(value));

        assertThat(rejection.code()).isEqualTo(Rejection.Code.CONFLUENT_WIRE_FORMAT);
        assertThat(rejection.message())
                .isEqualTo("Cannot read event: written by a schema-registry serializer, schema id 4711"
                        + " (expected plain JSON, or 4711.avsc or 4711.json in schemas/ of q.contracts)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-32LE"})
    void refusesJsonInAnotherEncoding(Charset encoding) {
        assertThat(refuse(Records.of("{}".getBytes(encoding))).code()).isEqualTo(Rejection.Code.BROKEN_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-32LE"})
    void refusesBytesThatAreNoText(Charset encoding) {
        assertThat(refuse(Records.of("{\"a\": \"é\"}".getBytes(encoding))).code())
                .isEqualTo(Rejection.Code.NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"\\ud83d\"}", "{\"\\ud83d\": 1}", "{\"eventType\": \"\\ude00x\"}"})
    void refusesHalfACharacter(String json) {
        assertThat(refuse(json).code()).isEqualTo(Rejection.Code.NOT_UTF8);
    }

    @Test
    void refusesWhatIsBeyondTheParsersLimits() {
        assertThat(refuse("{\"a\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}")
                        .code())
                .isEqualTo(Rejection.Code.OVER_LIMIT);
        assertThat(refuse("{\"quantity\": " + "1".repeat(2_000) + "}").code()).isEqualTo(Rejection.Code.OVER_LIMIT);
    }

    @Test
    void refusesAnEventFromTheFuture() {
        conf.setLong(StreamSettings.MAX_AHEAD.key(), 60);

        take("{\"timestamp\": \"2024-07-04T18:31:00\"}");
        Rejection rejection = refuse("{\"timestamp\": \"2024-07-04T18:31:01\"}");

        assertThat(rejection.code()).isEqualTo(Rejection.Code.EVENT_TIME_AHEAD);
        assertThat(rejection.column()).isEqualTo("timestamp");
        assertThat(rejection.message())
                .isEqualTo("Cannot take event of 2024-07-04T18:31:01"
                        + " (expected at most 60 s after its record's time, 2024-07-04T18:30)");
    }

    @Test
    void quotesOnlyTheBeginOfALongValue() {
        Rejection rejection = refuse("{\"quantity\": \"" + "x".repeat(10_000) + "\"}");

        assertThat(rejection.value()).hasSize(256).endsWith("…");
        assertThat(rejection.message()).hasSizeLessThan(400);
    }

    @Test
    void readsManyUnknownFieldsInLittleTime() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) {
            json.append("\"field%d\": %d, ".formatted(i, i));
        }

        take(json.append("\"last\": 1}").toString());

        assertThat(extras().size()).isEqualTo(50_001);
    }

    private void take(String json) {
        assertThat(new EventParser(conf).parse(Records.of(json), row)).isNull();
    }

    private Rejection refuse(String text) {
        return refuse(Records.of(text));
    }

    private Rejection refuse(ConsumerRecord<byte[], byte[]> record) {
        Rejection rejection = new EventParser(conf).parse(record, row);
        assertThat(rejection).isNotNull();
        return rejection;
    }

    private String text(String column) {
        return row.row().text(column);
    }

    /** Puts a contract of the events in place of the built-in one. */
    private void contract(String yaml) throws IOException {
        Files.writeString(dir.resolve("app_events.yaml"), yaml);
        conf.set("q.contracts", dir.toUri().toString());
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> extras() {
        Object extras = row.row().get("extras");
        return extras == null ? Map.of() : (Map<String, String>) extras;
    }
}
