package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.erase.EraseTool;
import com.qcompany.batch.ingest.Erasures;
import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.merge.Merge;
import com.qcompany.batch.rebuild.RebuildTool;
import com.qcompany.hive.Catalogs;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.fake.FaultyFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ToolRunner;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;

/**
 * Deliveries in any order, deliveries that correct earlier ones, retractions, restores, replays, erasures and merges, some
 * killed: the warehouse ends as one load of the groups that are left gives it, and as a rebuild from the raw files does,
 * killed or not, and balances with them; they say who a customer is where nobody has erased that. To play a failed sequence again, set the {@code seed} that is printed in
 * the property's annotation; for many more, run the class again and again.
 */
@Tag("slow")
class RetractionPropertyTest {
    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    private static final int MAX_STEPS = 40;
    private static final int NAMES = 3;
    private static final int CUSTOMERS = 3;

    private enum Kind {
        DELIVER,
        RETRACT,
        RESTORE,
        REPLAY,
        ERASE,
        MERGE
    }

    /**
     * A turn.
     *
     * @param pick which group it takes, modulo their number
     * @param hour hour of a delivery, so that they come in any order
     * @param units units of four sales, 0 for one that is rejected, -1 for one that does not come
     * @param secondAgent whether the delivery shows the agent that the last of them names
     * @param killedAt change of the file system at which it is killed; beyond the last: it is not
     */
    record Turn(Kind kind, int pick, int hour, List<Integer> units, boolean secondAgent, int killedAt) {}

    @Provide
    Arbitrary<List<Turn>> turns() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(5, Kind.DELIVER),
                Tuple.of(4, Kind.RETRACT),
                Tuple.of(2, Kind.RESTORE),
                Tuple.of(1, Kind.REPLAY),
                Tuple.of(2, Kind.ERASE),
                Tuple.of(1, Kind.MERGE));
        Arbitrary<Integer> kills = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Integer.MAX_VALUE)),
                Tuple.of(1, Arbitraries.integers().between(0, MAX_STEPS)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(-1, 4).list().ofSize(4),
                        Arbitraries.of(true, false),
                        kills)
                .as(Turn::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(9);
    }

    @Property(tries = 30)
    void endsAsOneLoadOfWhatIsLeft(@ForAll("turns") List<Turn> turns) throws Exception {
        Path dir = Files.createTempDirectory("retraction");
        try {
            new Play(dir).play(turns);
        } finally {
            org.assertj.core.util.Files.delete(dir.toFile());
        }
    }

    @Example
    void leavesOutSinceWhenWhereAVersionThatLaterGroupsBringFirstIsSuperseded() throws Exception {
        endsAsOneLoadOfWhatIsLeft(List.of(delivery(0, 2, 1), delivery(1, 1, 1), delivery(0, 3, 2)));
    }

    @Example
    void leavesOutSinceWhenWhereAnErasureMadeASupersededVersionTheSame() throws Exception {
        Turn erasure = new Turn(Kind.ERASE, 1, 0, List.of(), false, Integer.MAX_VALUE);
        endsAsOneLoadOfWhatIsLeft(List.of(delivery(7, 6, 1), delivery(10, 4, 1), erasure)); // which differ in points
    }

    /** A delivery of one sale of a customer who buys nothing else. */
    private static Turn delivery(int pick, int hour, int units) {
        return new Turn(Kind.DELIVER, pick, hour, List.of(-1, units, -1, -1), false, Integer.MAX_VALUE);
    }

    /** One delivery. */
    private record Delivery(String name, int version, int hour, Turn turn) {
        String reference() {
            return name + "@" + version;
        }

        void write(Path landing, String as, Set<Integer> erased) throws IOException {
            Path group = Files.createDirectories(landing.resolve(as));
            Files.writeString(
                    group.resolve("branches_1.csv"),
                    "branch_id,location,establish_date,class\n1,New York,2017-01-15,A\n");
            // A line of its own, so that no file repeats another one.
            String agents = "sales_person_id,name,hire_date\n1,John Doe,2020-6-3\n%d,Own,2020-6-3\n%s"
                    .formatted(100 + hour, turn.secondAgent() ? "2,Jane Roe,2021-7-4\n" : "");
            Files.writeString(group.resolve("sales_agents_1.csv"), agents);
            StringBuilder sales = new StringBuilder(LocalWarehouse.HEADER)
                    .append(turn.secondAgent() ? ",points,Shelf\n" : ",points\n");
            sales.append(sale("own-" + hour, 1, 1, 0, erased));
            for (int i = 0; i < turn.units().size(); i++) {
                if (turn.units().get(i) >= 0) {
                    sales.append(sale("trx-" + i, i == 3 ? 2 : 1, turn.units().get(i), i, erased));
                }
            }
            Files.writeString(group.resolve("sales_transactions_1.csv"), sales);
        }

        /**
         * A sale of one of two customers, the second of another one in some deliveries, the third online, to another street each hour; with points, which the contract
         * adds, and mostly a shelf, which it adds when it is first seen.
         */
        private String sale(String id, int agent, int units, int number, Set<Integer> erased) {
            int customer = number == 1 && turn.pick() % 4 < 2 ? 2 : number % 2;
            boolean isErased = erased.contains(customer);
            String person = isErased ? "erased,erased," : "Ann,Brown,ann.brown@gmail.com";
            String place = number == 2 ? "," : "%d,1".formatted(agent);
            String how = number == 2
                    ? "yes,Cash,%s/Rome/NY/13440".formatted(isErased ? "erased" : hour + " Elm")
                    : "no,Cash,";
            String points = isErased || turn.pick() < 7 ? "" : "" + turn.pick() % 2;
            String added = "," + points + (turn.secondAgent() ? isErased ? "," : ",s" + turn.pick() % 2 : "");
            return "2023-5-20,%s,%d,%s,%s,22,Coffee Maker,Appliances,,,,,,%d,79.99,%s%s\n"
                    .formatted(id, customer, person, place, units, how, added);
        }
    }

    private static final class Play {
        private final Path dir;
        private final LocalWarehouse warehouse;
        private final Map<Integer, Delivery> byHour = new TreeMap<>();
        private final Map<String, Integer> versions = new HashMap<>();
        private final List<Delivery> loaded = new ArrayList<>();
        private final List<Delivery> retracted = new ArrayList<>();
        private final Set<Integer> erased = new TreeSet<>();

        Play(Path dir) throws IOException {
            this.dir = dir;
            Path contracts = Files.createDirectories(dir.resolve("contracts"));
            String contract = ContractsLoadTest.changed(
                    "version: 1.0.0",
                    "version: 1.1.0",
                    "    quality:\n      - type: custom",
                    ContractsLoadTest.POINTS,
                    ContractsLoadTest.FILE_PATTERN,
                    ContractsLoadTest.ADD + ContractsLoadTest.FILE_PATTERN);
            Files.writeString(contracts.resolve("sales_transactions.yaml"), contract);
            this.warehouse = open("live");
        }

        private LocalWarehouse open(String name) throws IOException {
            LocalWarehouse opened = new LocalWarehouse(Files.createTempDirectory(dir, name));
            opened.conf().set("q.load.max-rejected-share", "1");
            opened.conf().set("q.contracts", dir.resolve("contracts").toUri().toString());
            return opened;
        }

        void play(List<Turn> turns) throws Exception {
            for (Turn turn : turns) {
                switch (turn.kind()) {
                    case DELIVER -> deliver(turn);
                    case RETRACT -> move(turn, loaded, retracted, false);
                    case RESTORE -> move(turn, retracted, loaded, true);
                    case REPLAY -> replay(turn);
                    case ERASE -> erase(turn);
                    case MERGE -> merge(turn);
                }
            }
            assertEndsRight(turns.get(0).killedAt());
        }

        private void deliver(Turn turn) throws Exception {
            if (byHour.containsKey(turn.hour())) {
                return;
            }
            String name = "group" + turn.pick() % NAMES;
            Delivery delivery = new Delivery(name, versions.merge(name, 1, Integer::sum), turn.hour(), turn);
            byHour.put(turn.hour(), delivery);
            delivery.write(warehouse.landing(), name, Set.of());
            assertThat(warehouse.ingest("%s-%02d".formatted(DAY, turn.hour()))).isZero();
            killed(turn, run -> new Load(run).run(new GroupSelection(Set.of(), Set.of(), LocalDateTime.MAX), false));
            warehouse.load();
            loaded.add(delivery);
        }

        private void move(Turn turn, List<Delivery> from, List<Delivery> to, boolean restores) throws Exception {
            if (from.isEmpty()) {
                return;
            }
            Delivery delivery = from.remove(turn.pick() % from.size());
            to.add(delivery);
            RetractionRequest request =
                    new RetractionRequest(delivery.reference(), Optional.empty(), restores, "because");
            killed(turn, run -> new RetractionRun(run, request).run());
            String[] args = {"--group", delivery.reference()};
            ToolRunner.run(warehouse.conf(), restores ? RetractTool.restore() : RetractTool.retract(), args);
        }

        private void erase(Turn turn) throws Exception {
            if (byHour.isEmpty()) {
                return;
            }
            int customer = turn.pick() % CUSTOMERS;
            IngestTool.begin(new Erasures.Erasure(customer, "erase-" + turn.hour()), warehouse.conf());
            killed(turn, run -> run.begin(false));
            ToolRunner.run(warehouse.conf(), new EraseTool(), new String[] {"--customer", "" + customer});
            erased.add(customer);
        }

        private void replay(Turn turn) throws Exception {
            killed(turn, run -> new Load(run)
                    .replay(new Replay("units_out_of_range", SourceGroup.FIRST_HOUR, Set.of())));
            ToolRunner.run(
                    warehouse.conf(), new RejectsTool(), new String[] {"replay", "--rule", "units_out_of_range"});
        }

        private void merge(Turn turn) throws Exception {
            killed(turn, run -> new Merge(run).merge(run.publisher().recover()));
            warehouse.compact();
        }

        /** Runs something that dies at a change of the file system. */
        private void killed(Turn turn, ConsumerRaisingIOE<WarehouseRun> work) throws IOException {
            FileSystem fs = layout().root().getFileSystem(warehouse.conf());
            FileSystem crashing = new CrashingFileSystem(fs, CrashPoint.before(turn.killedAt()));
            try (Lease lease = Lease.acquire(fs, layout().warehouseLease(), "test", warehouse.conf());
                    Catalog catalog = Catalogs.open(warehouse.conf())) {
                work.accept(WarehouseRun.of(warehouse.conf(), crashing, layout(), catalog, lease));
            } catch (Killed e) {
                return;
            } catch (IllegalStateException e) {
                assertThat(e).hasCauseInstanceOf(Killed.class);
            }
        }

        private Layout layout() {
            return Layout.of(warehouse.conf());
        }

        private void assertEndsRight(int rebuildKilledAt) throws Exception {
            LocalWarehouse once = open("once");
            for (Delivery delivery : byHour.values()) {
                delivery.write(dir.resolve("truth"), "group" + delivery.hour(), erased);
                assertThat(raw(delivery)).isEqualTo(sales(dir.resolve("truth/group" + delivery.hour())));
                if (loaded.contains(delivery)) {
                    delivery.write(once.landing(), "group" + delivery.hour(), erased);
                    assertThat(once.ingest("%s-%02d".formatted(DAY, delivery.hour())))
                            .isZero();
                }
            }
            once.load();
            assertThat(state(warehouse)).isEqualTo(state(once));
            LocalWarehouse rebuilt = open("rebuilt");
            FaultyFileSystem.crashAt(CrashPoint.before(rebuildKilledAt), rebuilt.conf());
            catchThrowable(() -> rebuild(rebuilt));
            rebuilt.conf().setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
            Path root = Path.of(Layout.of(rebuilt.conf()).root().toUri());
            org.assertj.core.util.Files.delete(root.toFile());
            assertThat(rebuild(rebuilt)).isZero();
            assertThat(state(rebuilt)).isEqualTo(state(warehouse)).isEqualTo(state(once));
            Set<List<Object>> repeated = repeated(rebuilt);
            Set<List<Object>> restated = restated();
            assertThat(versions(rebuilt, repeated, restated)).isEqualTo(versions(warehouse, repeated, restated));
            assertThat(warehouse.balance().differences()).isEmpty();
        }

        /** Versions of dimensions; of some keys not since when: a version of a sale that groups repeat says it as they came. */
        private static List<String> versions(
                LocalWarehouse warehouse, Set<List<Object>> leftOut, Set<List<Object>> restated) throws IOException {
            BiPredicate<Dimension, Object> compared = (dimension, key) -> !leftOut.contains(List.of(dimension, key));
            BiPredicate<Dimension, Object> changed = (dimension, key) -> restated.contains(List.of(dimension, key));
            return Stream.concat(
                            warehouse.versions(compared.and(changed.negate())).stream(),
                            warehouse.versions(compared.and(changed)).stream()
                                    .map(version ->
                                            version.replaceAll(", (last_shipping_seen_in|version_number)=.*", "")))
                    .sorted()
                    .toList();
        }

        /** Customers and products of sales that ever changed, or whose versions an erasure may have made the same. */
        private Set<List<Object>> restated() throws IOException {
            Map<String, Dimension> dimensions =
                    Map.of("customer_id", StarSchema.CUSTOMERS, "product_id", StarSchema.PRODUCTS);
            Set<Object> sales = new HashSet<>();
            Set<List<Object>> shown = new HashSet<>();
            for (Row change : warehouse.rows(StarSchema.RESTATEMENTS)) {
                sales.add(change.get("transaction_id"));
                Dimension dimension = dimensions.get(change.text("column_name"));
                Stream.of("old_value", "new_value")
                        .filter(value -> dimension != null && change.get(value) != null)
                        .forEach(value -> shown.add(List.of(dimension, Integer.valueOf(change.text(value)))));
            }
            for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
                if (sales.contains(sale.get("transaction_id"))
                        || erased.contains(sale.require("customer_id", Integer.class))) {
                    dimensions.forEach((column, dimension) -> shown.add(List.of(dimension, sale.get(column))));
                }
            }
            return shown;
        }

        /** Customers and products of sales that are in both as of different groups: these may show other versions. */
        private Set<List<Object>> repeated(LocalWarehouse rebuilt) throws IOException {
            Map<Object, Object> groups = new HashMap<>();
            for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
                groups.put(sale.get("transaction_id"), sale.get("source_group"));
            }
            Set<List<Object>> shown = new HashSet<>();
            for (Row sale : rebuilt.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
                if (!sale.text("source_group").equals(groups.get(sale.text("transaction_id")))) {
                    shown.add(List.of(StarSchema.CUSTOMERS, sale.require("customer_id", Integer.class)));
                    shown.add(List.of(StarSchema.PRODUCTS, sale.require("product_id", Integer.class)));
                }
            }
            return shown;
        }

        private int rebuild(LocalWarehouse rebuilt) throws Exception {
            return RebuildTool.load(
                    warehouse.conf(),
                    warehouse.snapshot(),
                    rebuilt.conf(),
                    SourceGroup.FIRST_HOUR,
                    SourceGroup.LAST_HOUR);
        }

        /** The sales of a delivery as they lie in the raw zone, from where restores and rebuilds take them. */
        private String raw(Delivery delivery) throws IOException {
            String hour = DAY.toString().replace('-', '/') + "/%02d".formatted(delivery.hour());
            try (Stream<Path> groups =
                    Files.list(Path.of(layout().root().toUri()).resolve("raw").resolve(hour))) {
                return sales(groups.filter(Files::isDirectory).findFirst().orElseThrow());
            }
        }

        private static String sales(Path group) throws IOException {
            return Files.readString(group.resolve("sales_transactions_1.csv"));
        }

        /** Sales and whom they refer to, keys, agents, and what is kept back. */
        private static List<String> state(LocalWarehouse warehouse) throws IOException {
            List<String> state = new ArrayList<>();
            for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
                state.add("sale %s %s %s %s %s"
                        .formatted(
                                sale.get("transaction_id"),
                                sale.get("extras"),
                                sale.get("units"),
                                sale.get("sales_agent_id"),
                                sale.get("shipping_address")));
            }
            warehouse.rows(StarSchema.TRANSACTION_KEYS).stream()
                    .map(key -> "key " + key.get("transaction_id"))
                    .distinct()
                    .forEach(state::add);
            for (Row agent : warehouse.rows(StarSchema.SALES_AGENT_DIM)) {
                state.add("agent %s %s".formatted(agent.get("sales_agent_id"), agent.get("valid_from")));
            }
            for (Row waiting : warehouse.rows(StarSchema.WAITING_ROWS)) {
                state.add("waiting %s %s".formatted(waiting.get("source_hour"), waiting.get("raw_line")));
            }
            for (Row customer : warehouse.rows(StarSchema.CUSTOMER_DIM)) {
                state.add("customer %s %s %s %s"
                        .formatted(
                                customer.get("customer_id"),
                                customer.get("customer_lname"),
                                customer.get("customer_email"),
                                customer.get("last_shipping_address")));
            }
            state.add("products %d"
                    .formatted(warehouse.rows(StarSchema.PRODUCT_DIM).size()));
            for (Row rejected : warehouse.rows(StarSchema.REJECTED_ROWS)) {
                if (!rejected.require("group_refused", Boolean.class)) {
                    state.add("rejected %s %s".formatted(rejected.get("source_hour"), rejected.get("raw_line")));
                }
            }
            return state.stream().sorted().toList();
        }
    }
}
