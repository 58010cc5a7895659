package com.qcompany.batch.ingest;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A warehouse and a landing directory below a temporary directory, and what tests do with them. */
final class Warehouse {

    static final FeedCatalog CATALOG = FeedCatalog.bundled();
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-04T18:25:00Z"), ZoneOffset.UTC);

    static final String SALES_HEADER = "transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,"
            + "cusomter_email,sales_agent_id,branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,"
            + "offer_4,offer_5,units,unit_price,is_online,payment_method,shipping_address";
    private static final String BRANCHES = "branch_id,location,establish_date,class\r\n1,New York,2017-01-15,A\r\n";
    private static final String AGENTS = "sales_person_id,name,hire_date\r\n1,John Doe,2020-6-3\r\n";

    final Path directory;
    final Path landing;
    final Layout layout;
    final FileSystem fs;
    final List<Outcome> outcomes = new ArrayList<>();

    Warehouse(Path directory) throws IOException {
        this.directory = directory;
        this.landing = Files.createDirectories(directory.resolve("landing"));
        this.layout =
                new Layout(new org.apache.hadoop.fs.Path(directory.resolve("q").toUri()));
        this.fs = new PlainLocalFileSystem();
        fs.initialize(URI.create("file:///"), new Configuration(false));
    }

    /** Puts a complete group of two sales there, marked as ready; the text makes its content unlike others'. */
    Path drop(String name, String text) throws IOException {
        Path folder = Files.createDirectories(landing.resolve(name));
        write(folder.resolve("branches_" + name + ".csv"), BRANCHES);
        write(folder.resolve("sales_agents_" + name + ".csv"), AGENTS);
        write(folder.resolve("sales_transactions_" + name + ".csv"), sales(text));
        write(folder.resolve("_READY"), "");
        return folder;
    }

    /** A transactions file of two records, one with the text as payment method. */
    static String sales(String text) {
        String sale = "2023-5-20,trx-%d,1,Ava,Moore,a@b.com,1,1,22,Coffee Maker,Appliances,,,,,,1,79.99,no,%s\r\n";
        return SALES_HEADER + "\r\n" + sale.formatted(1, text) + sale.formatted(2, "Cash");
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    Ledger ledger() {
        return Ledger.open(fs, layout);
    }

    Set<Outcome.Kind> ingest(String hour, boolean all) throws IOException {
        return ingest(fs, hour, all);
    }

    /** Runs an ingest over a view of the file system. */
    Set<Outcome.Kind> ingest(FileSystem view, String hour, boolean all) throws IOException {
        Ledger ledger = Ledger.open(view, layout);
        RawZone rawZone = new RawZone(view, layout, 1);
        Intents intents = new Intents(view, layout, ledger, rawZone, new FileInspection(1 << 20), () -> {}, CLOCK);
        intents.recover();
        return new LandingIngest(
                        new LandingDirectory(landing, CATALOG),
                        new EntryDirectory(view, layout.state("ledger/refused")),
                        new EntryDirectory(view, layout.state("ledger/set-aside")),
                        intents,
                        new Readiness(CATALOG, Duration.ZERO, Duration.ofHours(1), false),
                        CLOCK,
                        outcomes::add)
                .run(SourceGroup.parseHour(hour), all ? Integer.MAX_VALUE : 1);
    }

    /** Every record, in order. */
    List<GroupRecord> records() throws IOException {
        List<GroupRecord> records = new ArrayList<>();
        Ledger ledger = ledger();
        for (long sequence = 1; sequence <= ledger.lastSequence(); sequence++) {
            records.add(ledger.read(sequence));
        }
        return records;
    }

    /** Content of every file below the root that is not hidden, by path. */
    TreeMap<String, String> files() throws IOException {
        Path root = directory.resolve("q");
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.getFileName().toString().startsWith(".")) {
                    files.put(root.relativize(path).toString(), Files.readString(path));
                }
            }
        }
        return files;
    }
}
