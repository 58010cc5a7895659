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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The declarations of every table. Everything else about a table derives from here. */
public final class StarSchema {

    private static final List<Check> SALE_CHECKS = List.of(
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
                    "Online sales have an address and neither agent nor branch"));

    private static final Column TRANSACTION_DATE = required("transaction_date", TEXT, "Date of the sale, uuuu-MM-dd");
    private static final Column ADDED_IN = required("added_in", BIGINT, "Publish that added the row");
    private static final Column REMOVED_IN =
            optional("removed_in", BIGINT, "Publish that removed the row; null while it stands");

    private static final List<Column> SALE_COLUMNS = List.of(
            required("transaction_id", TEXT, "Source id of the sale, unique over all time")
                    .distinct(),
            required("customer_id", INT, "Buyer, key of customer_dim").distinct(),
            optional("sales_agent_id", INT, "Seller, key of sales_agent_dim; null for online sales"),
            optional("branch_id", INT, "Place of sale, key of branch_dim; null for online sales"),
            required("product_id", INT, "Product sold, key of product_dim"),
            required("units", INT, "Pieces sold, above 0"),
            money("unit_price", false, "Price of one piece before discount, above 0"),
            optional("offer", INT, "Redeemed offer 1 to 5; null where none was"),
            required("discount_percentage", INT, "5 times offer; 0 where none was redeemed"),
            new Column(
                    "total_paid_price",
                    ColumnType.decimal(ColumnType.MAX_LONG_PRECISION, 6),
                    false,
                    "units * unit_price * (100 - discount_percentage) / 100, exact"),
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
            optional("extras", TEXT_MAP, "Columns of the source that the feed does not declare"));

    /** Sales as people query them: a view over {@link #SALES_BASE} and {@link #SALES_DELTA}. */
    public static final Table SALES_TRANSACTIONS_FACT = new Table(
            "sales_transactions_fact",
            "Sales, one row per transaction_id ever",
            Storage.VIEW,
            with(SALE_COLUMNS, TRANSACTION_DATE),
            List.of(),
            List.of("transaction_id"),
            SALE_CHECKS);

    /** Sales that were merged: one file a date. */
    public static final Table SALES_BASE = new Table(
            "sales_base",
            "Merged sales by date; sales_transactions_fact shows those that stand",
            Storage.VERSIONED_PARTITIONS,
            with(SALE_COLUMNS, ADDED_IN, REMOVED_IN),
            List.of(TRANSACTION_DATE),
            List.of("transaction_id", "added_in"),
            List.of());

    /** Sales of each publish since the last merge, and for a while those before it. */
    public static final Table SALES_DELTA = new Table(
            "sales_delta",
            "Sales by the publish that added them, until a merge brings them to sales_base",
            Storage.VERSIONED_PARTITIONS,
            with(SALE_COLUMNS, TRANSACTION_DATE, REMOVED_IN),
            List.of(ADDED_IN),
            List.of("transaction_id"),
            List.of());

    /** What a load looks up to keep one row per transaction_id. */
    public static final Table TRANSACTION_KEYS = new Table(
            "transaction_keys",
            "Ids of all published sales with a digest of their values, ordered by id",
            Storage.VERSIONED_PARTITIONS,
            List.of(
                    required("transaction_id", TEXT, "Source id of the sale").distinct(),
                    TRANSACTION_DATE,
                    ADDED_IN,
                    required("content_digest", BIGINT, "64-bit digest of the sale; tells a repeat from a change")
                            .distinct(),
                    required("group_sequence", BIGINT, "Ledger record of the group that brought the sale")),
            List.of(required("segment", BIGINT, "Publish that wrote the keys; of one id the highest counts")),
            List.of("transaction_id", "segment"),
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

    private static final List<Column> QUARANTINE_COLUMNS = List.of(
            required("feed", TEXT, "Feed the row came in"),
            required("source_file", TEXT, "File name as delivered"),
            required("line_number", BIGINT, "Line of the file in which the row begins, 1 for the header"),
            required("byte_offset", BIGINT, "Where the row begins in the file, in bytes")
                    .distinct(),
            required("source_group", TEXT, "Group of the file"),
            required("group_sequence", BIGINT, "Ledger record of the group"),
            required("source_hour", TIMESTAMP, "Nominal hour of the group, UTC"),
            required("rule_codes", TEXT_LIST, "Every rule the row breaks"),
            optional("column_name", TEXT, "Column of the first broken rule, where it has one"),
            optional("column_value", TEXT, "That column's value, as received"),
            required("message", TEXT, "Why, and what is allowed"),
            required("raw_line", TEXT, "The row as received, without its line end")
                    .distinct(),
            required("raw_encoding", TEXT, "utf-8, or base64 where the bytes are no UTF-8"));

    /** Everything that was rejected, with its raw text and reason. */
    public static final Table REJECTED_ROWS = new Table(
            "rejected_rows",
            "Rows that were rejected, with their raw text and the reason",
            Storage.VERSIONED_PARTITIONS,
            with(
                    QUARANTINE_COLUMNS,
                    required(
                            "group_refused", BOOLEAN, "Whether the whole group was refused, so that it loaded nothing"),
                    required("run_id", TEXT, "Load that rejected the row")),
            List.of(required("rejected_date", TEXT, "Date of the source hour, uuuu-MM-dd")),
            List.of("source_group", "source_hour", "source_file", "byte_offset", "run_id"),
            List.of());

    /** Sales that wait for an agent or branch that is not known yet. */
    public static final Table WAITING_ROWS = new Table(
            "waiting_rows",
            "Sales whose agent or branch is not known yet; loaded once it is",
            Storage.VERSIONED_TABLE,
            QUARANTINE_COLUMNS,
            List.of(),
            List.of("source_group", "source_hour", "source_file", "byte_offset"),
            List.of());

    /** Every group that a load decided about. */
    public static final Table SOURCE_GROUPS = new Table(
            "source_groups",
            "Groups that were loaded or refused; dimensions name them by group_sequence",
            Storage.VERSIONED_TABLE,
            List.of(
                    required("group_sequence", BIGINT, "Ledger record of the group"),
                    required("source_group", TEXT, "The group, as hour/group[@version]"),
                    required("source_hour", TIMESTAMP, "Nominal hour of the group, UTC"),
                    required("status", TEXT, "loaded or refused"),
                    required("published_in", BIGINT, "Publish that decided"),
                    required("run_id", TEXT, "Load that decided")),
            List.of(),
            List.of("group_sequence"),
            List.of());

    /** One row per run of load or compact. */
    public static final Table LOAD_RUNS = new Table(
            "load_runs",
            "Runs of load and compact: when, how long, and what became of every line; and scheduled steps that failed",
            Storage.VERSIONED_PARTITIONS,
            List.of(
                    required("run_id", TEXT, "Id of the run"),
                    required("command", TEXT, "load or compact, or the scheduled step that failed"),
                    required("status", TEXT, "published, checks_failed or failed"),
                    required("started_at", TIMESTAMP, "Start, UTC"),
                    required("finished_at", TIMESTAMP, "When publishing began, UTC"),
                    required("job_millis", BIGINT, "Duration of the MapReduce jobs, in milliseconds"),
                    required("groups", TEXT_LIST, "Groups loaded, as hour/group"),
                    required("groups_refused", TEXT_LIST, "Groups refused, as hour/group"),
                    required("lines_in", BIGINT, "Data lines read"),
                    required("rows_loaded", BIGINT, "Rows accepted into a table"),
                    required("rows_duplicate", BIGINT, "Rows that were there already, unchanged"),
                    required("rows_rejected", BIGINT, "Rows in rejected_rows"),
                    required("rows_waiting", BIGINT, "Rows in waiting_rows"),
                    required("rows_refused", BIGINT, "Other rows of refused groups, which load nothing"),
                    required("units_loaded", BIGINT, "Sum of units of loaded sales"),
                    new Column(
                            "total_paid_loaded",
                            ColumnType.decimal(ColumnType.MAX_PRECISION, 6),
                            false,
                            "Sum of total_paid_price of loaded sales"),
                    required("partitions_touched", BIGINT, "Partitions that got a file or a new version"),
                    required("files_written", BIGINT, "Files published"),
                    optional("counters", TEXT_MAP, "Every fix and rejection by name"),
                    optional(
                            "message",
                            TEXT,
                            "Why a run or a group was refused, or the hour and reason of a step that failed")),
            List.of(required("run_date", TEXT, "UTC date of the start, uuuu-MM-dd")),
            List.of("run_id"),
            List.of(new Check(
                    "nothing_lost",
                    "lines_in = rows_loaded + rows_duplicate + rows_rejected + rows_waiting + rows_refused",
                    "Every line is loaded, a duplicate, rejected, waiting or of a refused group")));

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

    /** Records of the app log that are no events, one row per record that was refused. */
    public static final Table REJECTED_EVENTS = new Table(
            "rejected_events",
            "Records of the app log that were refused, as they were received, and the reason",
            Storage.CONVENTIONAL,
            List.of(
                    required("kafka_topic", TEXT, "Topic of the record"),
                    required("kafka_partition", INT, "Partition of the record"),
                    required("kafka_offset", BIGINT, "Offset of the record; with topic and partition its identity")
                            .distinct(),
                    optional("record_time", TIMESTAMP, "Time of the record, UTC; null where it has none"),
                    required("rule_codes", TEXT_LIST, "The rule that the record breaks"),
                    optional("column_name", TEXT, "Column or field that the rule is about, where there is one"),
                    optional("column_value", TEXT, "That column's value as received, JSON, cut where it is long"),
                    required("message", TEXT, "Why, and what is allowed"),
                    optional("raw_key", TEXT, "Key of the record; null where it has none"),
                    optional("raw_key_encoding", TEXT, "utf-8, or base64 where the key is no UTF-8"),
                    required("raw_value", TEXT, "Value of the record").distinct(),
                    required("raw_value_encoding", TEXT, "utf-8, or base64 where the value is no UTF-8"),
                    optional("headers", TEXT, "Headers in their order, JSON: [[name, value in base64 or null], ...]"),
                    required("epoch", TEXT, "Epoch of the stream that refused it")),
            List.of(required("rejected_hour", TEXT, "Hour of the record's time, UTC, uuuu-MM-dd-HH")),
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
            SALES_BASE,
            SALES_DELTA,
            SALES_TRANSACTIONS_FACT,
            TRANSACTION_KEYS,
            SOURCE_GROUPS,
            REJECTED_ROWS,
            WAITING_ROWS,
            LOAD_RUNS,
            KAFKA,
            REJECTED_EVENTS);

    private StarSchema() {}

    private static List<Column> with(List<Column> columns, Column... more) {
        return Stream.concat(columns.stream(), Arrays.stream(more)).toList();
    }

    /** The table of that name. */
    public static Table table(String name) {
        return TABLES.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find table %s (expected one of %s)"
                        .formatted(name, TABLES.stream().map(Table::name).toList())));
    }
}
