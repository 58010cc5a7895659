package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.EventHour;
import org.junit.jupiter.api.Test;

/** Table {@code kafka} of the DDL over the files that the consumer writes. */
@WithStack
class EventTableTest {

    @Test
    void readsEveryColumnAsItWasWritten(EmbeddedStack stack) throws Exception {
        EventWarehouse warehouse = EventWarehouse.create(stack, "event_table");
        warehouse.publish(
                EventHour.parse("2024-07-04-18"),
                """
                {"eventType":"purchase","customerId":"042","productId":7,"timestamp":"2024-07-04T18:05:11.123456789",
                 "quantity":3,"totalAmount":99999999999999.9999,"paymentMethod":"Déb\\u0069t","device":"phone",
                 "tags":["a", {"b": null}],"coupon":null,"metadata":{"campaign":"été","position":{"row":2}}}""",
                """
                {"eventType":"productView","metadata":{"category":"Home & Kitchen","source":"Search"}}""",
                """
                {"eventType":"recommendationClick","timestamp":"2024-07-04T20:59:59+02:00","totalAmount":-0.01,
                 "recommendedProductId":"8","algorithm":"content_based","metadata":{}}""");

        try (HiveQueries hive = new HiveQueries(stack)) {
            assertThat(hive.rows(
                            """
                            SELECT eventtype, customerid, productid, `timestamp`, category, source, quantity,
                              totalamount, paymentmethod, recommendedproductid, algorithm, kafka_topic,
                              kafka_partition, kafka_offset, ingested_at, event_date, event_hour
                            FROM %s.kafka ORDER BY kafka_offset"""
                                    .formatted(warehouse.database())))
                    .containsExactly(
                            "purchase|042|7|2024-07-04 18:05:11.123456|null|null|3|99999999999999.9999|Débit|null|null"
                                    + "|app-logs|3|0|2024-07-05 00:00:00.000001|2024-07-04|18",
                            "productView|null|null|2024-07-04 18:00:00.0|Home & Kitchen|Search|null|null|null|null|null"
                                    + "|app-logs|3|1|2024-07-05 00:00:00.000001|2024-07-04|18",
                            "recommendationClick|null|null|2024-07-04 18:59:59.0|null|null|null|-0.0100|null|8"
                                    + "|content_based|app-logs|3|2|2024-07-05 00:00:00.000001|2024-07-04|18");
            assertThat(hive.rows(
                            """
                            SELECT extras['device'], extras['tags'], extras['metadata.campaign'],
                              extras['metadata.position'], SIZE(extras), ARRAY_CONTAINS(MAP_KEYS(extras), 'coupon')
                            FROM %s.kafka ORDER BY kafka_offset LIMIT 1"""
                                    .formatted(warehouse.database())))
                    .containsExactly("phone|[\"a\", {\"b\": null}]|été|{\"row\":2}|5|true");
        }
    }

    @Test
    void filtersOnTimesAmountsAndTexts(EmbeddedStack stack) throws Exception {
        EventWarehouse warehouse = EventWarehouse.create(stack, "event_filters");
        warehouse.publish(
                EventHour.parse("2024-07-04-18"),
                "{\"eventType\":\"purchase\",\"timestamp\":\"2024-07-04T18:00:00\",\"totalAmount\":10.0001}",
                "{\"eventType\":\"purchase\",\"timestamp\":\"2024-07-04T18:59:59.999999\",\"totalAmount\":10}",
                "{\"eventType\":\"addToCart\",\"timestamp\":\"2024-07-04T18:30:00\",\"totalAmount\":10}");

        try (HiveQueries hive = new HiveQueries(stack)) {
            assertThat(hive.rows(
                            """
                            SELECT kafka_offset FROM %s.kafka
                            WHERE `timestamp` > '2024-07-04 18:00:00' AND totalamount = 10.00
                              AND eventtype = 'purchase' AND event_hour = 18"""
                                    .formatted(warehouse.database())))
                    .containsExactly("1");
        }
    }
}
