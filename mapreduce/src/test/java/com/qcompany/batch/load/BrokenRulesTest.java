package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.ContractMutations;
import com.qcompany.batch.feed.ContractMutations.Mutation;
import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutation of data: every rule of every contract, as the contracts declare them, broken in lines among good ones. */
class BrokenRulesTest {

    private static final Map<String, List<String>> GOOD = Map.of(
            "branches", List.of("1,New York,2017-01-15,A", "2,Boston,2018-1-5,B"),
            "sales_agents", List.of("1,John Doe,2020-6-3", "2,Jane Roe,2021-12-31"),
            "sales_transactions",
                    List.of(
                            "2023-5-20,trx-1,7,Ann,Brown,ann@b.com,1,1,22,Kettle,Kitchen,,,True,,,3,79.99,no,Cash,",
                            "2023-5-21,trx-2,8,Max,Moore,max@b.com,,,22,Kettle,Kitchen,,,,,,1,79.99,yes,Card,"
                                    + "1 High Street/Town/VT/05443"));
    private static final Map<String, String> HEADERS = Map.of(
            "branches", "branch_id,location,establish_date,class",
            "sales_agents", "sales_person_id,name,hire_date",
            "sales_transactions", LocalWarehouse.HEADER);
    private static final List<Table> TABLES = List.of(
            StarSchema.SALES_TRANSACTIONS_FACT,
            StarSchema.BRANCH_DIM,
            StarSchema.SALES_AGENT_DIM,
            StarSchema.CUSTOMER_DIM,
            StarSchema.PRODUCT_DIM);

    /** What no line can break: the offers give nothing else than whole percents. */
    private static final List<String> UNBREAKABLE = List.of("offer_inexact", "discount_percentage_inexact");

    @TempDir
    Path dir;

    @Test
    void eachIsCaughtCountedAndExplainedAndNothingElseChanges() throws Exception {
        Path contracts = Files.createDirectories(dir.resolve("contracts"));
        Files.writeString(contracts.resolve("sales.yaml"), salesWithWordsAndPattern());
        LocalWarehouse clean = warehouse("clean", contracts);
        LocalWarehouse mutated = warehouse("mutated", contracts);
        FeedCatalog feeds = Contracts.of(mutated.conf());
        Map<String, Mutation> byLine = new HashMap<>();
        for (Feed feed : feeds.feeds()) {
            List<String> good = GOOD.get(feed.name());
            List<Mutation> mutations =
                    ContractMutations.of(feed, List.of(HEADERS.get(feed.name()).split(",")), good);
            assertThat(mutations.stream().map(Mutation::code)).as(feed.name()).containsAll(rules(feed));
            mutations.forEach(mutation -> byLine.put(mutation.line(), mutation));
            write(clean, feed, good);
            write(mutated, feed, among(good, mutations));
        }

        assertThat(load(clean)).isZero();
        assertThat(load(mutated)).isZero();

        for (Table table : TABLES) {
            assertThat(values(mutated, table)).as(table.name()).isEqualTo(values(clean, table));
        }
        assertThat(caught(mutated, StarSchema.REJECTED_ROWS, byLine)).isEqualTo(expected(byLine, false));
        assertThat(caught(mutated, StarSchema.WAITING_ROWS, byLine)).isEqualTo(expected(byLine, true));
        assertThat(counters(mutated, "rejections.")).isEqualTo(counts(expected(byLine, false)));
        assertThat(counters(mutated, "waiting.")).isEqualTo(counts(expected(byLine, true)));
    }

    /** Codes of all rules of a feed's contract that a line can break; of words and patterns where there are some. */
    private static List<String> rules(Feed feed) {
        List<String> rules = new ArrayList<>(ContractMutations.declared(feed));
        rules.removeAll(UNBREAKABLE);
        return rules;
    }

    private static String salesWithWordsAndPattern() {
        return FeedCatalog.bundled()
                .feed("sales_transactions")
                .text()
                .yaml()
                .replace("version: 1.0.0", "version: 1.0.1")
                .replace(
                        "        primaryKey: true\n",
                        "        primaryKey: true\n        logicalTypeOptions: {pattern: '[a-z0-9-]+'}\n")
                .replace(
                        "      - name: payment_method\n        logicalType: string\n",
                        "      - name: payment_method\n        logicalType: string\n        quality:\n"
                                + "          - {metric: invalidValues, mustBe: 0, arguments: {validValues: [Cash, Card]}}\n");
    }

    private LocalWarehouse warehouse(String name, Path contracts) throws Exception {
        LocalWarehouse warehouse = new LocalWarehouse(Files.createDirectories(dir.resolve(name)));
        warehouse.conf().set("q.contracts", contracts.toUri().toString());
        return warehouse;
    }

    private static void write(LocalWarehouse warehouse, Feed feed, List<String> lines) throws Exception {
        Path group = Files.createDirectories(warehouse.landing().resolve("group1"));
        List<String> all = new ArrayList<>(List.of(HEADERS.get(feed.name())));
        all.addAll(lines);
        LocalWarehouse.write(group, feed.name() + "_1", all.toArray(String[]::new));
    }

    private static List<String> among(List<String> good, List<Mutation> mutations) {
        List<String> lines = new ArrayList<>(good);
        mutations.stream().map(Mutation::line).distinct().forEach(lines::add);
        Collections.shuffle(lines, new Random(7));
        return lines;
    }

    private static int load(LocalWarehouse warehouse) throws Exception {
        assertThat(warehouse.ingest("2024-07-04-10")).isZero();
        return warehouse.load("-D", "q.load.max-rejected-share=1");
    }

    /** Rows without what tells runs and lines apart. */
    private static List<String> values(LocalWarehouse warehouse, Table table) throws Exception {
        List<String> values = new ArrayList<>();
        for (Row row : warehouse.rows(table)) {
            values.add(table.columns().stream()
                    .filter(column -> !column.name().equals("run_id"))
                    .map(column -> column.name() + "=" + row.get(column.name()))
                    .collect(Collectors.joining(", ")));
        }
        Collections.sort(values);
        return values;
    }

    /** Codes by line, of rows whose messages explain them. */
    private static Map<String, String> caught(LocalWarehouse warehouse, Table table, Map<String, Mutation> byLine)
            throws Exception {
        Map<String, String> caught = new TreeMap<>();
        for (Row row : warehouse.rows(table)) {
            assertThat(row.text("message"))
                    .contains(byLine.get(row.text("raw_line")).explained());
            caught.put(row.text("raw_line"), String.join(",", (List<String>) row.require("rule_codes", List.class)));
        }
        return caught;
    }

    private static Map<String, String> expected(Map<String, Mutation> byLine, boolean waits) {
        Map<String, String> expected = new TreeMap<>();
        byLine.forEach((line, mutation) -> {
            if (mutation.waits() == waits) {
                expected.put(line, mutation.code());
            }
        });
        return expected;
    }

    private static Map<String, Long> counts(Map<String, String> codes) {
        return codes.values().stream()
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> counters(LocalWarehouse warehouse, String group) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        ((Map<?, ?>) warehouse.rows(StarSchema.LOAD_RUNS).get(0).require("counters", Map.class))
                .forEach((code, count) -> {
                    if (code.toString().startsWith(group)) {
                        counts.put(code.toString().substring(group.length()), Long.valueOf(count.toString()));
                    }
                });
        return counts;
    }
}
