package com.qcompany.ops.publish;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** A warehouse of its own on the shared stack: a root on HDFS and a database in Hive. */
final class PublishedWarehouse {

    static final Table FACT = StarSchema.SALES_TRANSACTIONS_FACT;
    static final BigDecimal PRICE = new BigDecimal("2.5000");

    final Configuration conf;
    final FileSystem fs;
    final Layout layout;
    final String database;

    private PublishedWarehouse(Configuration conf, String database) throws IOException {
        this.conf = conf;
        this.database = database;
        this.fs = FileSystem.get(conf);
        this.layout = Layout.of(conf);
    }

    static PublishedWarehouse create(EmbeddedStack stack, String name) throws IOException {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.set(Settings.DATABASE.key(), name);
        DdlTool ddl = new DdlTool();
        ddl.setConf(conf);
        ddl.run(new String[0]);
        return new PublishedWarehouse(conf, name);
    }

    Publisher publisher(Catalog catalog, LeaseCheck lease) {
        return new Publisher(fs, layout, catalog, lease, conf);
    }

    /** What a run by the built-in contracts works with. */
    WarehouseRun run(Publisher publisher) {
        return new WarehouseRun(
                conf, fs, layout, Clock.systemUTC(), publisher, Ledger.open(fs, layout), FeedCatalog.bundled());
    }

    Snapshot current() throws IOException {
        return Snapshots.latest(fs, layout);
    }

    String fact() {
        return database + "." + FACT.name();
    }

    /** Id of a sale of a run. */
    static String saleId(String date, String run, int number) {
        return "%s-%s-%05d".formatted(date, run, number);
    }

    Run run(String id) throws IOException {
        return new Run(id);
    }

    /** What a run stages, on the current state. */
    final class Run {

        private final String id;
        private final Snapshot before;
        private final List<Row> added = new ArrayList<>();
        private final List<DataFile> replacements = new ArrayList<>();

        private Run(String id) throws IOException {
            this.id = id;
            this.before = current();
        }

        /** Sales of a date, with ids of the run, product the given one, each paid {@link #PRICE}. */
        Run sales(String date, int product, int count) {
            for (int i = 0; i < count; i++) {
                added.add(sale(saleId(date, id, i), product).set("transaction_date", date));
            }
            return this;
        }

        /** Corrects the product of a sale of an earlier run. */
        Run correct(SalesRemoval.Sale sale, int product) throws IOException {
            Path directory = new Path(layout.staging(id), "removed-" + replacements.size());
            replacements.addAll(new SalesRemoval(conf, fs, layout).stage(before, List.of(sale), directory));
            added.add(sale(sale.id(), product).set("transaction_date", sale.date()));
            return this;
        }

        /** All products, each named for the run. */
        Run products(int count) throws IOException {
            List<Row> rows = IntStream.range(0, count)
                    .mapToObj(i -> new Row(StarSchema.PRODUCT_DIM)
                            .set("product_id", i)
                            .set("product_name", id)
                            .set("product_category", "Shoes")
                            .set("version_number", 1)
                            .set("valid_from", LocalDateTime.of(2024, 1, 1, 0, 0))
                            .set("is_current", true)
                            .set("seen_in", "groups"))
                    .toList();
            replacements.add(stage(StarSchema.PRODUCT_DIM, List.of(), rows));
            return this;
        }

        PublishRequest request() throws IOException {
            String publish = Long.toString(before.sequence() + 1);
            return new PublishRequest(id, "load")
                    .append(List.of(stage(StarSchema.SALES_DELTA, List.of(publish), added)))
                    .replace(replacements);
        }

        private DataFile stage(Table table, List<String> partition, List<Row> rows) throws IOException {
            Path file = new Path(layout.staging(id), "out/" + table.name() + ".parquet");
            try (ParquetWriter<Row> writer = ParquetRows.writer(table, file, conf)) {
                for (Row row : rows) {
                    writer.write(row);
                }
            }
            return new DataFile(table, partition, file, rows.size());
        }

        private Row sale(String transaction, int product) {
            return new Row(StarSchema.SALES_DELTA)
                    .set("transaction_id", transaction)
                    .set("customer_id", 1)
                    .set("product_id", product)
                    .set("units", 1)
                    .set("unit_price", PRICE)
                    .set("discount_percentage", 0)
                    .set("total_paid_price", PRICE.setScale(6))
                    .set("is_online", false)
                    .set("payment_method", "cash")
                    .set("source_group", "group1")
                    .set("source_hour", LocalDateTime.of(2024, 1, 1, 0, 0))
                    .set("run_id", id);
        }
    }
}
