package com.qcompany.batch.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.batch.Main;
import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.ingest.Erasures;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.ErasedFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ToolRunner;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ErasureTest {
    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    /** Of customer 85469, who is Zoë Quist or Zoë Quist-Ode, and lives at two streets. */
    private static final List<String> TRACES =
            List.of("Zoë", "Quist", "zoe.q@", "zoe@home", "Elm Grove", "Oak Alley", "call her");

    private static final Pattern TABLE = Pattern.compile("(?:tables/(\\w+)|stream/staging)/.*/[^.][^/]*[.]parquet");

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(Files.createDirectories(dir.resolve("one")));
        warehouse.conf().set("q.load.max-rejected-share", "1");
    }

    @Test
    void noFileSaysWhoACustomerIsAndEveryFigureStays() throws Exception {
        fill();
        List<String> figures = figures();
        assertThat(traces()).hasSizeGreaterThan(15);
        assertThat(warehouse.balance().differences()).isEmpty();

        assertThat(erase("85469")).isEqualTo(ExitCode.OK.code());

        assertThat(traces()).isEmpty();
        assertThat(figures()).isEqualTo(figures);
        assertThat(warehouse.balance().differences()).isEmpty();
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM))
                .filteredOn(row -> row.get("customer_id").equals(85469))
                .singleElement()
                .satisfies(row -> assertThat(row.toString()).contains("erased", "Boston"));
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM))
                .filteredOn(row -> row.get("customer_id").equals(7))
                .singleElement()
                .satisfies(row -> assertThat(row.get("customer_email")).isEqualTo("ann.brown@gmail.com"));
        assertThat(Files.readString(exports().resolve("reports/2024-07-04/customers_by_spend.csv")))
                .isEqualTo(
                        "customer_id,customer_fname,customer_lname,total_paid\r\n85469,erased,erased,9.5\r\n7,Ann,Brown,1\r\n");
        assertThat(Files.readString(exports().resolve("pages/index.html")))
                .isEqualTo("{\"labels\":[\"erased erased 85469\"],\"rows\":[[\"85469\",\"erased\",\"erased\"]]}");
        assertThat(loadedOnce()).isEqualTo(warehouse.state());
        assertThat(erase("85469")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(erase("4711")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(erase("Zoë")).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void eventsKeepTheirFiguresAndTheSummaryOfAnHourItsSize() throws Exception {
        fill();

        erase("85469");

        Path hour = filesOfHour().get(0);
        assertThat(hour.getFileName().toString()).matches("2024-07-04-05[.]1@erase-.*[.]parquet");
        assertThat(eventsOf(filesOfHour()))
                .extracting(row -> row.get("customerid"), row -> row.get("extras"))
                .containsExactly(tuple("85469", null), tuple("7", Map.of("note", "a note")));
        JsonNode summary = JsonMapper.builder()
                .build()
                .readTree(root().resolve("stream/closings/done/2024-07-04/2024-07-04-05.1.json")
                        .toFile());
        assertThat(summary.at("/bytes").asLong()).isEqualTo(Files.size(hour));
        assertThat(root().resolve(summary.at("/target").asText())).isEqualTo(hour);
        erase("7");
        assertThat(filesOfHour()).singleElement().asString().containsOnlyOnce("@");
    }

    @Test
    void theProofTellsWhatWasRemovedWhereAndNoPersonalValue() throws Exception {
        fill();

        erase("85469");

        Path done = root().resolve("state/erasures/done");
        assertThat(done).isDirectoryContaining("glob:**85469@erase-*.json");
        JsonNode proof = JsonMapper.builder().build().readTree(done.toFile().listFiles()[0]);
        assertThat(proof.at("/customer").asInt()).isEqualTo(85469);
        assertThat(proof.at("/removals")).isNotEmpty().allSatisfy(removal -> {
            assertThat(removal.at("/changed").asLong()).isPositive();
            assertThat(removal.at("/before").asText()).matches("[0-9a-f]{64}");
            assertThat(removal.at("/after").asText())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(removal.at("/before").asText());
        });
        assertThat(proof.at("/removals"))
                .extracting(removal -> removal.at("/place").asText().replaceFirst(".*/q/(?:tables/)?([^/]+)/.*", "$1"))
                .contains(
                        "raw",
                        "exports",
                        "kafka",
                        "rejected_events",
                        "sales_base",
                        "sales_delta",
                        "customer_dim",
                        "rejected_rows",
                        "waiting_rows",
                        "restatements",
                        "transaction_keys");
        assertThat(Files.walk(root().resolve("state/erasures/begun"))).hasSize(1);
    }

    @Test
    void whatComesLaterBringsNoNameBack() throws Exception {
        fill();
        erase("85469");

        group(
                "group9",
                sale("new-1", 85469, "Zoë,Quist,zoe.q@example.org", "9 Elm Grove/Boston/MA/02101", 4),
                sale("own-2", 85469, "Zoë,Quist,zoe.q@example.org", "5 Oak Alley/Boston/MA/02101", 2),
                sale("bad-6", 85469, "Zoë,Quist,zoe.q@example.org", "5 Oak Alley/Boston/MA/02101", 0),
                "one more,2023-5-20,bad-7,85469,Zoë,Quist,zoe.q@example.org",
                "2023-5-20,bad-8,x85469,Zoë,Quist,broken",
                "\"never closed,85469,zoe.q@example.org");
        load(20);
        rejectsAreReplayed();
        group("group10", "2023-5-20;bad-9;85469;Zoë;Quist", sale("bad-10", 85469, "Zoë,Quist,", "5 Oak Alley", 0));
        assertThat(warehouse.ingest(DAY + "-21")).isZero();
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0")).isEqualTo(ExitCode.CHECKS_FAILED.code());
        ToolRunner.run(warehouse.conf(), RetractTool.restore(), new String[] {"--group", "group3"});
        ToolRunner.run(warehouse.conf(), RetractTool.retract(), new String[] {"--group", "group2"});
        ToolRunner.run(warehouse.conf(), RetractTool.restore(), new String[] {"--group", "group2"});

        assertThat(traces()).isEmpty();
        assertThat(warehouse.balance().differences()).isEmpty();
        assertThat(loadedOnce()).isEqualTo(warehouse.state());
        assertThat(warehouse.ingest(DAY + "-22")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void aLineThatWaitedKeepsItsTextWhereverTheErasureMovedItInItsFile() throws Exception {
        String rejected = branchSale("wait-2", 7, "Ann,Brown,", 9, 6);
        group(
                "group1",
                sale("own-1", 85469, "Zoë,Quist,zoe.q@example.org", "12 Elm Grove/Boston/MA/02101", 2),
                rejected,
                branchSale("wait-2", 7, "Ann,Brown,", 1, 5));
        load(10);
        erase("85469");
        group("group2");
        Files.writeString(
                warehouse.landing().resolve("group2/sales_agents_1.csv"),
                "sales_person_id,name,hire_date\n9,Jane Roe,2020-6-3\n");

        load(11);

        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"), row -> row.get("raw_line"), row -> row.get("line_number"))
                .containsExactly(tuple(List.of("transaction_id_changed"), rejected, 3L));
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void linesKeepTheirNumbersBehindARecordThatLosesLineBreaks() throws Exception {
        group(
                "group1",
                sale(
                        "own-1",
                        85469,
                        "Zoë,\"Quist\nJr\",zoe.q@example.org",
                        "\"12 Elm Grove\nFlat 2/Boston/MA/02101\"",
                        2),
                branchSale("wait-1", 7, "Ann,Brown,", 9, 6),
                branchSale("own-2", 7, "Ann,Brown,", 1, 5));
        load(10);
        assertThat(warehouse.balance().differences()).isEmpty();

        erase("85469");

        assertThat(warehouse.balance().differences()).isEmpty();
        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(1);
    }

    @Test
    void waitsForAnEpochThatWasOpenBeforeAndHoldsUpNoLoad() throws Exception {
        fill();
        openEpoch();
        AtomicInteger code = new AtomicInteger(-1);
        Thread erasing = new Thread(() -> code.set(Main.run(warehouse.conf(), "erase", "--customer", "85469")));

        erasing.start();
        while (!isLeftToAppLog() && erasing.isAlive()) {
            Thread.onSpinWait();
        }
        group("group9", sale("new-1", 85469, "Zoë,Quist,zoe.q@example.org", "9 Elm Grove/Boston/MA/02101", 4));
        load(20);
        assertThat(traces())
                .as("all is done but the app log")
                .allMatch(trace -> trace.matches("(state/erasures/app-log|tables/(kafka|rejected_events)|stream)/.*"));
        assertThat(traces()).anyMatch(trace -> trace.startsWith("stream/staging"));
        commitEpoch();
        erasing.join();

        assertThat(code).hasValue(ExitCode.OK.code());
        assertThat(traces()).isEmpty();
        assertThat(warehouse.balance().differences()).isEmpty();
        assertThat(loadedOnce()).isEqualTo(warehouse.state());
    }

    @Test
    void anEpochOfAKilledConsumerLeavesTheErasureBegunUntilItIsDiscarded() throws Exception {
        fill();
        openEpoch();
        warehouse.conf().set("q.stream.flush-seconds", "1");

        assertThat(warehouse.printed(ExitCode.LOCKED, "erase", "--customer", "85469"))
                .contains("Customer 85469 is not erased from the app log yet: epoch 20240704T050000000-host-0-e")
                .contains("expected a consumer to run")
                .doesNotContain("Erased");
        group("group9", sale("new-1", 85469, "Zoë,Quist,zoe.q@example.org", "9 Elm Grove/Boston/MA/02101", 4));
        load(20);
        Path later = Files.createDirectories(root().resolve("stream/staging/host-1/20240704T060000000-host-1-f"));
        Files.writeString(later.resolve("refused-0.parquet"), "of an epoch that began later");
        FileUtils.deleteDirectory(staging().toFile());
        warehouse.load();

        FileUtils.deleteDirectory(later.toFile());
        assertThat(traces()).isEmpty();
        assertThat(root().resolve("state/erasures/begun")).isEmptyDirectory();
    }

    @Test
    void aRepeatedCommandGoesOnWithTheErasureThatIsBegun() throws Exception {
        fill();
        openEpoch();
        warehouse.conf().set("q.stream.flush-seconds", "1");
        assertThat(erase("85469")).isEqualTo(ExitCode.LOCKED.code());
        FileUtils.deleteDirectory(staging().toFile());

        assertThat(warehouse.printed(ExitCode.OK, "erase", "--customer", "85469"))
                .contains("Erased customer 85469")
                .doesNotContain("Nothing says");
        assertThat(root().resolve("state/erasures/begun")).isEmptyDirectory();
    }

    @Test
    void killedAnywhereItIsCompletedByTheNextLoad() throws Exception {
        fill();
        openEpoch();
        Path filled = dir.resolve("filled");
        FileUtils.copyDirectory(root().toFile(), filled.toFile());
        CrashPoint counted = CrashPoint.never();
        erase(counted);
        List<String> state = warehouse.state();
        List<String> figures = figures();
        assertThat(counted.steps()).isGreaterThan(60);

        for (int step = 0; step < counted.steps(); step++) {
            FileUtils.deleteDirectory(root().toFile());
            FileUtils.copyDirectory(filled.toFile(), root().toFile());
            List<Path> before = filesOfHour();
            erase(CrashPoint.before(step));
            List<Path> killed = filesOfHour();
            commitEpoch();
            for (List<Path> listed : List.of(before, killed)) {
                assertThat(offsets(listed))
                        .as("a query of a run killed at step %d", step)
                        .isIn(null, List.of(1L, 2L));
            }

            switch (step % 3) {
                case 0 -> warehouse.load();
                case 1 -> warehouse.compact();
                default -> hoursAreCompleted();
            }

            assertThat(offsets(killed))
                    .as("a query that listed the hour at step %d", step)
                    .isIn(null, List.of(1L, 2L));
            assertThat(offsets(filesOfHour())).isEqualTo(List.of(1L, 2L));
            warehouse.load();
            assertThat(traces()).as("killed at step %d", step).isEmpty();
            assertThat(warehouse.state()).as("killed at step %d", step).isEqualTo(state);
            assertThat(figures()).as("killed at step %d", step).isEqualTo(figures);
            assertThat(root().resolve("state/erasures/begun")).isEmptyDirectory();
            assertThat(Files.list(root().resolve("state/erasures/done")))
                    .as("but for a file that was being written when it was killed")
                    .filteredOn(file -> !file.getFileName().toString().startsWith("."))
                    .hasSize(1);
            if (step % 40 == 0) {
                assertThat(warehouse.balance().differences()).isEmpty();
            }
        }
    }

    @Test
    void aReaderOfAnHourSeesEachEventOnceWithOrWithoutWhatGoes() throws Exception {
        writeEvents();
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger read = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!ended.get()) {
                try {
                    List<Path> listed = filesOfHour();
                    List<List<Object>> events = eventsOf(listed).stream()
                            .map(row ->
                                    Arrays.asList(row.get("kafka_offset"), row.get("customerid"), row.get("extras")))
                            .sorted(Comparator.comparing(Object::toString))
                            .toList();
                    List<Set<List<Object>>> right = List.of(
                            Set.of(
                                    Arrays.asList(1L, "85469", Map.of("note", "call her")),
                                    Arrays.asList(1L, "85469", null)),
                            Set.of(Arrays.asList(2L, "7", Map.of("note", "a note")), Arrays.asList(2L, "7", null)));
                    if (events.size() != 2
                            || !right.get(0).contains(events.get(0))
                            || !right.get(1).contains(events.get(1))) {
                        problems.add("%s: %s".formatted(listed, events));
                    }
                    read.incrementAndGet();
                } catch (IOException | RuntimeException e) {
                    if (!String.valueOf(e).matches("(?s).*(being-erased-query-again|2024-07-04-05).*")) {
                        problems.add(e.toString());
                    }
                }
            }
        });
        reader.start();
        erase("85469");
        erase("7");
        ended.set(true);
        reader.join();

        assertThat(problems).isEmpty();
        assertThat(read).hasPositiveValue();
    }

    @Test
    void anErasureIsNotDoneWhileAClosingIsCutShort() throws Exception {
        fill();
        Path closing = root().resolve("stream/closings/2024-07-04-05.2.json");
        Files.writeString(closing, "{}");

        assertThat(erase("85469")).isEqualTo(ExitCode.LOCKED.code());
        group("group9", sale("new-1", 7, "Ann,Brown,ann.brown@gmail.com", "1 Main/Boston/MA/02101", 4));
        load(20);
        assertThat(traces()).isNotEmpty();
        Files.delete(closing);
        warehouse.load();

        assertThat(traces()).isEmpty();
    }

    @Test
    void whoComesAfterAnErasureIsNotKnownEither() throws Exception {
        assertThat(erase("85469")).isEqualTo(ExitCode.NOTHING_TO_DO.code());

        group(
                "group9",
                sale("new-1", 85469, "Zoë,Quist,zoe.q@example.org", "9 Elm Grove/Boston/MA/02101", 4),
                sale("bad-1", 85469, "Zoë,Quist,zoe.q@example.org", "5 Oak Alley/Boston/MA/02101", 0));
        load(10);

        assertThat(traces()).isEmpty();
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    /** What a repair and a closing do for hours of the app log. */
    private void hoursAreCompleted() throws IOException {
        Layout layout = Layout.of(warehouse.conf());
        new ErasedFile(layout.root().getFileSystem(warehouse.conf()), layout).complete();
    }

    /** Loads, merges, rejects, keeps waiting, corrects, retracts; and makes exports. */
    private void fill() throws Exception {
        String zoe = "Zoë,Quist,zoe.q@example.org;";
        group(
                "group1",
                sale("own-1", 85469, zoe, "12 Elm Grove/Boston/MA/02101", 2),
                sale("own-2", 85469, zoe, "5 Oak Alley/Boston/MA/02101", 2),
                sale("own-3", 7, "Ann,Brown,ann.brown@gmail.com", "1 Main/Boston/MA/02101", 3),
                sale("own-7", 7, "Ann,Brown,ann.brown@gmail.com", "1 Main/Boston/MA/02101", 1),
                sale("own-1", 7, "Ann,Brown,ann.brown@gmail.com", "1 Main/Boston/MA/02101", 2),
                branchSale("own-4", 85469, zoe, 1, 5),
                sale("bad-1", 85469, zoe, "12 Elm Grove/Boston/MA/02101", 0),
                sale("bad-2", 85469, zoe, "12 Elm Grove", 1),
                sale("bad-3", 85469, zoe, "12 Elm Grove/Boston/MA/02101", 1) + ",and more",
                sale("bad-5", 85469, "Zoë,n/a,", "12 Elm Grove/Boston/MA/02101", 1),
                "2023-5-20,bad-4,x85469,Zoë,Quist,broken",
                "\"never closed,zoe.q@example.org",
                branchSale("wait-1", 85469, zoe, 9, 6));
        load(10);
        warehouse.compact();
        group(
                "group2",
                sale("own-1", 85469, "\"Zoë\",Quist-Ode,zoe@home.example.net", "77 Oak Alley/Boston/MA/02101", 2),
                sale("own-5", 85469, "Zoë,Quist-Ode,zoe@home.example.net", "77 Oak Alley/Boston/MA/02101", 9),
                sale("own-3", 85469, "Zoë,Quist-Ode,zoe@home.example.net", "77 Oak Alley/Boston/MA/02101", 3));
        load(11);
        group("group3", sale("own-6", 85469, zoe, "12 Elm Grove/Salem/MA/01970", 1));
        load(12);
        ToolRunner.run(warehouse.conf(), RetractTool.retract(), new String[] {"--group", "group3"});
        Path copy = Files.createDirectories(warehouse.landing().resolve("group4"));
        Files.copy(
                warehouse.landing().resolve("group1/sales_transactions_1.csv"),
                copy.resolve("sales_transactions_1.csv"));
        Files.writeString(copy.resolve("sales_agents_1.csv"), "sales_person_id,name,hire_date\n1,John Doe,2020-6-3\n");
        Files.writeString(
                copy.resolve("branches_1.csv"), "branch_id,location,establish_date,class\n2,Rome,2017-01-15,A\n");
        load(13);
        write(
                "reports/2024-07-04/customers_by_spend.csv",
                "customer_id,customer_fname,customer_lname,total_paid\r\n85469,Zoë,Quist-Ode,9.5\r\n7,Ann,Brown,1\r\n");
        write("pages/index.html", "{\"labels\":[\"Zoë Quist 85469\"],\"rows\":[[\"85469\",\"Zoë\",\"Quist-Ode\"]]}");
        writeEvents();
        Path abandoned = Files.createDirectories(root().resolve("raw/.abandoned/group7.1"));
        Files.copy(
                warehouse.landing().resolve("group1/sales_transactions_1.csv"),
                abandoned.resolve("sales_transactions_1.csv"));
    }

    /** What a query lists of the hour of events. */
    private List<Path> filesOfHour() throws IOException {
        try (Stream<Path> files = Files.list(root().resolve("tables/kafka/event_date=2024-07-04/event_hour=5"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private List<Row> eventsOf(List<Path> files) throws IOException {
        List<Row> events = new ArrayList<>();
        for (Path file : files) {
            ParquetRows.forEach(
                    ParquetRows.reader(StarSchema.KAFKA, new org.apache.hadoop.fs.Path(file.toUri()), warehouse.conf()),
                    events::add);
        }
        return events;
    }

    /** The events of what a query has listed; null where it fails. */
    private @Nullable List<Long> offsets(List<Path> listed) {
        try {
            return eventsOf(listed).stream()
                    .map(row -> row.require("kafka_offset", Long.class))
                    .sorted()
                    .toList();
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** An epoch that a consumer has open, with a refused record that has the customer's id and one with the name alone. */
    private void openEpoch() throws IOException {
        writeRefused(
                staging().resolve("refused-0.parquet"),
                "{\"customerId\": \"85469\", \"quantity\": \"zoe.q@example.org\"}",
                "{\"who\": \"Zoë Quist\"}");
    }

    /** The consumer commits the epoch and publishes it, unless that is done. */
    private void commitEpoch() throws IOException {
        if (Files.exists(staging())) {
            Files.move(
                    staging().resolve("refused-0.parquet"),
                    root().resolve("tables/rejected_events/rejected_hour=2024-07-04-05/later.0.parquet"));
            Files.delete(staging());
        }
    }

    private Path staging() {
        return root().resolve("stream/staging/host-0/20240704T050000000-host-0-e");
    }

    private boolean isLeftToAppLog() throws IOException {
        Path appLog = root().resolve("state/erasures/app-log");
        try (Stream<Path> erasures = Files.exists(appLog) ? Files.list(appLog) : Stream.empty()) {
            return erasures.anyMatch(erasure -> Files.exists(erasure.resolve("epochs.json")));
        }
    }

    /** A closed hour with an event of each of two customers, and a refused record. */
    private void writeEvents() throws IOException {
        Path hour = Files.createDirectories(root().resolve("tables/kafka/event_date=2024-07-04/event_hour=5"));
        Row event = new Row(StarSchema.KAFKA)
                .set("kafka_topic", "app-logs")
                .set("kafka_partition", 0)
                .set("ingested_at", LocalDateTime.of(2024, 7, 4, 5, 1));
        try (ParquetWriter<Row> writer = ParquetRows.writer(
                StarSchema.KAFKA,
                new org.apache.hadoop.fs.Path(
                        hour.resolve("2024-07-04-05.1.parquet").toUri()),
                warehouse.conf())) {
            writer.write(
                    event.set("kafka_offset", 1L).set("customerid", "85469").set("extras", Map.of("note", "call her")));
            writer.write(event.set("kafka_offset", 2L).set("customerid", "7").set("extras", Map.of("note", "a note")));
        }
        Path closed = Files.createDirectories(root().resolve("stream/closings/done/2024-07-04"));
        Files.writeString(
                closed.resolve("2024-07-04-05.1.json"),
                "{\"hour\":\"2024-07-04-05\",\"target\":\"tables/kafka/event_date=2024-07-04/event_hour=5/2024-07-04-05.1.parquet\",\"rows\":2,\"bytes\":1}");
        writeRefused(
                root().resolve("tables/rejected_events/rejected_hour=2024-07-04-05/epoch.0.parquet"),
                "{\"customerId\": \"85469\", \"quantity\": \"zoe.q@example.org\"}");
    }

    private void writeRefused(Path file, String... records) throws IOException {
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Row> writer = ParquetRows.writer(
                StarSchema.REJECTED_EVENTS, new org.apache.hadoop.fs.Path(file.toUri()), warehouse.conf())) {
            for (String record : records) {
                writer.write(new Row(StarSchema.REJECTED_EVENTS)
                        .set("kafka_topic", "app-logs")
                        .set("kafka_partition", 0)
                        .set("kafka_offset", 3L)
                        .set("rule_codes", List.of("type_mismatch"))
                        .set("message", "Cannot read zoe.q@example.org")
                        .set("raw_value", record)
                        .set("raw_value_encoding", "utf-8")
                        .set("epoch", "e"));
            }
        }
    }

    private void rejectsAreReplayed() throws Exception {
        ToolRunner.run(warehouse.conf(), new RejectsTool(), new String[] {"replay", "--rule", "units_out_of_range"});
    }

    private void write(String export, String text) throws IOException {
        Path file = exports().resolve(export);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path root() {
        return Path.of(Layout.of(warehouse.conf()).root().toUri());
    }

    private Path exports() {
        return root().resolve("exports");
    }

    private void group(String name, String... sales) throws IOException {
        Path group = Files.createDirectories(warehouse.landing().resolve(name));
        Files.writeString(
                group.resolve("branches_1.csv"),
                "branch_id,location,establish_date,class\n1,%s,2017-01-15,A\n".formatted(name));
        Files.writeString(group.resolve("sales_agents_1.csv"), "sales_person_id,name,hire_date\n1,John Doe,2020-6-3\n");
        Files.writeString(
                group.resolve("sales_transactions_1.csv"),
                LocalWarehouse.HEADER + ",remark\n" + String.join("\n", sales) + "\n");
    }

    private static String sale(String id, int customer, String person, String address, int units) {
        return "2023-5-20,%s,%d,%s,,,22,Coffee Maker,Appliances,,,True,,,%d,79.99,yes,Cash,%s,%s"
                .formatted(id, customer, person, units, address, customer == 85469 ? "call her" : "");
    }

    private static String branchSale(String id, int customer, String person, int agent, int units) {
        return "2023-5-%d,%s,%d,%s,%d,1,22,Coffee Maker,Appliances,,,,,,%d,79.99,no,Cash"
                .formatted(20 + units, id, customer, person, agent, units);
    }

    private void load(int hour) throws Exception {
        assertThat(warehouse.ingest("%s-%d".formatted(DAY, hour))).isZero();
        assertThat(warehouse.load()).isZero();
    }

    private int erase(String customer) throws Exception {
        return Main.run(warehouse.conf(), "erase", "--customer", customer);
    }

    /** Begins to erase, waits for the epoch and completes it, unless it is killed. */
    private void erase(CrashPoint crash) throws IOException {
        Layout layout = Layout.of(warehouse.conf());
        FileSystem plain = layout.root().getFileSystem(warehouse.conf());
        FileSystem fs = new CrashingFileSystem(plain, crash);
        IngestTool.begin(new Erasures.Erasure(85469, "erase-1"), warehouse.conf());
        try (Lease lease = Lease.acquire(plain, layout.warehouseLease(), "test", warehouse.conf());
                Catalog catalog = Catalogs.open(warehouse.conf())) {
            WarehouseRun run = WarehouseRun.of(warehouse.conf(), fs, layout, catalog, lease);
            run.begin(false);
            commitEpoch();
            run.begin(false);
        } catch (Killed e) {
            return;
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(Killed.class);
        }
    }

    /** What one load of the raw zone gives in a warehouse of its own. */
    private List<String> loadedOnce() throws Exception {
        LocalWarehouse once = new LocalWarehouse(Files.createTempDirectory(dir, "once"));
        once.conf().set("q.load.max-rejected-share", "1");
        for (Row group : warehouse.rows(StarSchema.SOURCE_GROUPS)) {
            if (group.text("status").equals("loaded")) {
                String[] place = group.text("source_group").split("/");
                Path raw = root().resolve("raw/" + place[0].replace('-', '/')).resolve(place[1]);
                FileUtils.copyDirectory(
                        raw.toFile(), once.landing().resolve(place[1]).toFile());
                once.ingest(place[0]);
            }
        }
        once.load();
        return once.state();
    }

    /** Sales with what they came to, and what is kept back by rule. */
    private List<String> figures() throws IOException {
        List<String> figures = new ArrayList<>();
        for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
            figures.add("%s %s %s %s %s"
                    .formatted(
                            sale.get("transaction_id"),
                            sale.get("customer_id"),
                            sale.get("units"),
                            sale.require("total_paid_price", BigDecimal.class),
                            sale.get("shipping_city")));
        }
        for (var table : List.of(StarSchema.REJECTED_ROWS, StarSchema.WAITING_ROWS)) {
            for (Row row : warehouse.rows(table)) {
                figures.add(
                        "%s %s %s".formatted(row.get("source_group"), row.get("line_number"), row.get("rule_codes")));
            }
        }
        return figures.stream().sorted().toList();
    }

    /** Every file below the root that says who the customer is, with what says it. */
    private List<String> traces() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                StringBuilder text = new StringBuilder(Files.readString(file, ISO_8859_1));
                Matcher table = TABLE.matcher(root().relativize(file).toString());
                if (table.matches()) {
                    ParquetRows.forEach(
                            ParquetRows.reader(
                                    table.group(1) == null
                                            ? StarSchema.REJECTED_EVENTS
                                            : StarSchema.table(table.group(1)),
                                    new org.apache.hadoop.fs.Path(file.toUri()),
                                    warehouse.conf()),
                            row -> text.append(new String(row.toString().getBytes(UTF_8), ISO_8859_1)));
                } else {
                    assertThat(file.toString()).doesNotEndWith(".parquet");
                }
                for (String trace : TRACES) {
                    if (text.indexOf(new String(trace.getBytes(UTF_8), ISO_8859_1)) >= 0) {
                        found.add(root().relativize(file) + ": " + trace);
                    }
                }
            }
        }
        return found;
    }
}
