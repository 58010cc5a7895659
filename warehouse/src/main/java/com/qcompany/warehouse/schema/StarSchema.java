package com.qcompany.warehouse.schema;

import static com.qcompany.warehouse.schema.Column.money;
import static com.qcompany.warehouse.schema.Column.optional;
import static com.qcompany.warehouse.schema.Column.required;
import static com.qcompany.warehouse.schema.ColumnType.Kind.BIGINT;
import static com.qcompany.warehouse.schema.ColumnType.Kind.BOOLEAN;
import static com.qcompany.warehouse.schema.ColumnType.Kind.DATE;
import static com.qcompany.warehouse.schema.ColumnType.Kind.INT;
import static com.qcompany.warehouse.schema.ColumnType.Kind.TEXT;
import static com.qcompany.warehouse.schema.ColumnType.Kind.TEXT_LIST;
import static com.qcompany.warehouse.schema.ColumnType.Kind.TEXT_MAP;
import static com.qcompany.warehouse.schema.ColumnType.Kind.TIMESTAMP;

import com.qcompany.warehouse.schema.Table.Storage;
import java.util.List;

/** The declarations of every table. Everything else about a table derives from here. */
public final class StarSchema {

    /** One row per transaction_id ever. */
    public static final Table SALES_TRANSACTIONS_FACT = new Table(
            "sales_transactions_fact",
            "Sales, one row per transaction_id ever",
            Storage.VERSIONED_PARTITIONS,
            List.of(
                    required("transaction_id", TEXT, "Source id of the sale, unique over all time")
                            .distinct(),
                    required("customer_id", INT, "Buyer, key of customer_dim").distinct(),
                    optional("sales_agent_id", INT, "Seller, key of sales_agent_dim; null for online sales"),
                    optional("branch_id", INT, "Place of sale, key of branch_dim; null for online sales"),
                    required("product_id", INT, "Thing sold, key of product_dim"),
                    required("units", INT, "Pieces sold, above 0"),
                    money("unit_price", false, "Price of one piece before discount, above 0"),
                    optional("offer", INT, "Redeemed offer 1 to 5; null where none was"),
                    required("discount_percentage", INT, "5 times offer; 0 where none was redeemed"),
                    money("total_paid_price", false, "units * unit_price * (100 - discount_percentage) / 100, exact"),
                    required("is_online", BOOLEAN, "Whether the sale was made in the web shop"),
                    required("payment_method", TEXT, "Means of payment, as the source writes it"),
                    optional("shipping_address", TEXT, "Street and number of an online sale")
                            .distinct(),
                    optional("shipping_city", TEXT, "City of an online sale"),
                    optional("shipping_state", TEXT, "State of an online sale; city names repeat between states"),
                    optional("shipping_postal_code", TEXT, "Postal code of an online sale, leading zeros kept"),
                    required("source_group", TEXT, "Group of files that brought the row first"),
                    required("source_hour", TIMESTAMP, "Nominal hour of that group, UTC"),
                    required("run_id", TEXT, "Load that published the row"),
                    optional("extras", TEXT_MAP, "Columns of the source that the feed does not declare")),
            List.of(required("transaction_date", TEXT, "Date of the sale, uuuu-MM-dd")),
            List.of("transaction_id"),
            List.of(
                    new Check("units_positive", "units > 0", "A sale has at least one piece"),
                    new Check("unit_price_positive", "unit_price > 0", "Nothing is given away"),
                    new Check(
                            "discount_of_offer",
                            "discount_percentage = 5 * COALESCE(offer, 0)",
                            "Offer n gives 5 n percent; 25 is the most"),
                    new Check(
                            "total_paid_price_exact",
                            "total_paid_price = units * unit_price * (100 - discount_percentage) / 100",
                            "Right to the cent and beyond"),
                    new Check(
                            "online_without_agent",
                            "is_online = (shipping_address IS NOT NULL AND sales_agent_id IS NULL AND branch_id IS NULL)",
                            "Online sales have an address and neither agent nor branch")));

    /** The keys of the fact in few files: what a load looks up to keep one row per transaction_id. */
    public static final Table TRANSACTION_KEYS = new Table(
            "transaction_keys",
            "Ids of all published sales with a digest of their values, ordered by date and id",
            Storage.VERSIONED_PARTITIONS,
            List.of(
                    required("transaction_date", TEXT, "Date of the sale, uuuu-MM-dd"),
                    required("transaction_id", TEXT, "Source id of the sale").distinct(),
                    required("content_digest", BIGINT, "64-bit digest of the sale; tells a repeat from a change")
                            .distinct()),
            List.of(required("transaction_year", TEXT, "Year of the sale, uuuu")),
            List.of("transaction_date", "transaction_id"),
            List.of());

    /** Customers: type 2 on names and e-mail, type 1 on the last shipping address. */
    public static final Dimension CUSTOMERS = Dimension.declare(
            "customer_dim",
            "Customers, one row per version of their names and e-mail",
            required("customer_id", INT, "Source id of the customer").distinct(),
            List.of(
                    required("customer_fname", TEXT, "First name"),
                    required("customer_lname", TEXT, "Last name"),
                    optional("customer_email", TEXT, "E-mail address, freed of the junk behind it")
                            .distinct()),
            List.of(
                    optional("last_shipping_address", TEXT, "Street and number last shipped to; no history")
                            .distinct(),
                    optional("last_shipping_city", TEXT, "City last shipped to; no history"),
                    optional("last_shipping_state", TEXT, "State last shipped to; no history"),
                    optional("last_shipping_postal_code", TEXT, "Postal code last shipped to; no history"),
                    optional("last_shipping_seen_in", TEXT, "Source (hour/group) of the last shipping address")));

    /** Products: type 2 on name and category. */
    public static final Dimension PRODUCTS = Dimension.declare(
            "product_dim",
            "Products, one row per version of their name and category",
            required("product_id", INT, "Source id of the product; names repeat between products"),
            List.of(required("product_name", TEXT, "Name, not unique"), required("product_category", TEXT, "Category")),
            List.of());

    /** Sales agents: type 2 on name and hire date. */
    public static final Dimension SALES_AGENTS = Dimension.declare(
            "sales_agent_dim",
            "Sales agents, one row per version of their name and hire date",
            required("sales_agent_id", INT, "Source id of the agent"),
            List.of(
                    required("sales_agent_name", TEXT, "Full name"),
                    required("hire_date", DATE, "Day of hire; the source changes it between groups")),
            List.of());

    /** Branches: type 2 on location, establish date and class. */
    public static final Dimension BRANCHES = Dimension.declare(
            "branch_dim",
            "Branches, one row per version of their location, date and class",
            required("branch_id", INT, "Source id of the branch"),
            List.of(
                    required("location", TEXT, "City of the branch"),
                    required("establish_date", DATE, "Day the branch opened"),
                    required("branch_class", TEXT, "Class A to D")),
            List.of());

    public static final Table CUSTOMER_DIM = CUSTOMERS.table();
    public static final Table PRODUCT_DIM = PRODUCTS.table();
    public static final Table SALES_AGENT_DIM = SALES_AGENTS.table();
    public static final Table BRANCH_DIM = BRANCHES.table();

    /** Everything that was refused, with its raw text and reason. */
    public static final Table REJECTED_ROWS = new Table(
            "rejected_rows",
            "Rows that were refused, with their raw text and the reason",
            Storage.CONVENTIONAL,
            List.of(
                    required("feed", TEXT, "Feed the row came in; events for those of the app log"),
                    required("source_file", TEXT, "File name in the raw zone; topic-partition of an event"),
                    required(
                                    "byte_offset",
                                    BIGINT,
                                    "Where the row begins in the file, in bytes; Kafka offset of an event")
                            .distinct(),
                    required("source_group", TEXT, "Group of the file; topic of an event"),
                    required("source_hour", TIMESTAMP, "Nominal hour of the group, or hour of an event's record, UTC"),
                    required("rule_codes", TEXT_LIST, "Every rule the row breaks"),
                    optional("column_name", TEXT, "Column of the first broken rule, where it has one"),
                    optional("column_value", TEXT, "That column's value, as received; of an event as JSON"),
                    required("message", TEXT, "Why, and what is allowed"),
                    required("raw_line", TEXT, "The row as received, without its line end; value of an event's record")
                            .distinct(),
                    required("raw_encoding", TEXT, "utf-8, or base64 where the bytes are no UTF-8"),
                    required("run_id", TEXT, "Load that refused the row, or epoch of the stream")),
            List.of(required("rejected_hour", TEXT, "Source hour, uuuu-MM-dd-HH")),
            List.of("source_group", "source_hour", "source_file", "byte_offset"),
            List.of());

    /** One row per run of load or compact. */
    public static final Table LOAD_RUNS = new Table(
            "load_runs",
            "Runs of load and compact: when, how long, and what became of every line; and scheduled steps that failed",
            Storage.CONVENTIONAL,
            List.of(
                    required("run_id", TEXT, "Id of the run"),
                    required("command", TEXT, "load or compact, or the scheduled step that failed"),
                    required("status", TEXT, "published, checks_failed or failed"),
                    required("started_at", TIMESTAMP, "Start, UTC"),
                    required("finished_at", TIMESTAMP, "When publishing began, UTC"),
                    required("job_millis", BIGINT, "Duration of the MapReduce job, in milliseconds"),
                    required("groups", TEXT_LIST, "Groups loaded, as hour/group"),
                    required("lines_in", BIGINT, "Data lines read"),
                    required("rows_loaded", BIGINT, "Rows accepted into a table"),
                    required("rows_duplicate", BIGINT, "Rows that were there already, unchanged"),
                    required("rows_rejected", BIGINT, "Rows in rejected_rows"),
                    required("units_loaded", BIGINT, "Sum of units of loaded sales"),
                    money("total_paid_loaded", false, "Sum of total_paid_price of loaded sales"),
                    required("partitions_touched", BIGINT, "Fact partitions that got a file or a new version"),
                    required("files_written", BIGINT, "Files published"),
                    optional("counters", TEXT_MAP, "Every fix and rejection by name"),
                    optional(
                            "message",
                            TEXT,
                            "Why a run was not published, or the hour and reason of a step that failed")),
            List.of(required("run_date", TEXT, "UTC date of the start, uuuu-MM-dd")),
            List.of("run_id"),
            List.of(new Check(
                    "nothing_lost",
                    "lines_in = rows_loaded + rows_duplicate + rows_rejected",
                    "Every line is loaded, a duplicate or rejected")));

    /** App-log events, landed by the stream. */
    public static final Table KAFKA = new Table(
            "kafka",
            "App-log events, one row per Kafka record",
            Storage.CONVENTIONAL,
            List.of(
                    optional("eventtype", TEXT, "productView, addToCart, purchase or recommendationClick"),
                    optional("customerid", TEXT, "Customer, as the app writes it; need not exist"),
                    optional("productid", TEXT, "Product, as the app writes it; need not exist"),
                    optional(
                            "timestamp",
                            TIMESTAMP,
                            "Event time in the configured zone; its record's where it has none"),
                    optional("category", TEXT, "metadata.category of a productView"),
                    optional("source", TEXT, "metadata.source of a productView"),
                    optional("quantity", INT, "Pieces of an addToCart or purchase"),
                    money("totalamount", true, "Amount of a purchase"),
                    optional("paymentmethod", TEXT, "Means of payment of a purchase"),
                    optional("recommendedproductid", TEXT, "Product of a recommendationClick"),
                    optional("algorithm", TEXT, "Algorithm of a recommendationClick"),
                    optional("extras", TEXT_MAP, "Fields the table does not declare, nested ones as JSON"),
                    required("kafka_topic", TEXT, "Topic of the record"),
                    required("kafka_partition", INT, "Partition of the record"),
                    required("kafka_offset", BIGINT, "Offset of the record; with topic and partition its identity")
                            .distinct(),
                    required("ingested_at", TIMESTAMP, "When the consumer took it, UTC")),
            List.of(
                    required("event_date", TEXT, "Date of the event, uuuu-MM-dd"),
                    required("event_hour", INT, "Hour of the event, 0 to 23")),
            List.of("kafka_topic", "kafka_partition", "kafka_offset"),
            List.of());

    /** The dimensions with the roles of their columns. */
    public static final List<Dimension> DIMENSION_DECLARATIONS = List.of(CUSTOMERS, PRODUCTS, SALES_AGENTS, BRANCHES);

    /** The dimensions' tables. */
    public static final List<Table> DIMENSIONS =
            DIMENSION_DECLARATIONS.stream().map(Dimension::table).toList();

    /** Every table; dimensions before the fact that refers to them. */
    public static final List<Table> TABLES = List.of(
            CUSTOMER_DIM,
            PRODUCT_DIM,
            SALES_AGENT_DIM,
            BRANCH_DIM,
            SALES_TRANSACTIONS_FACT,
            TRANSACTION_KEYS,
            REJECTED_ROWS,
            LOAD_RUNS,
            KAFKA);

    private StarSchema() {}

    /** The table of that name. */
    public static Table table(String name) {
        return TABLES.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find table %s (expected one of %s)"
                        .formatted(name, TABLES.stream().map(Table::name).toList())));
    }
}
