package com.qcompany.warehouse.schema;

import static com.qcompany.warehouse.schema.Table.Storage.CONVENTIONAL;
import static com.qcompany.warehouse.schema.Table.Storage.VERSIONED_PARTITIONS;
import static com.qcompany.warehouse.schema.Table.Storage.VERSIONED_TABLE;
import static com.qcompany.warehouse.schema.Table.Storage.VIEW;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables, each as a {@link Declaration}. Everything else about a table derives from here. */
public final class StarSchema {

    private static final Check[] SALE_CHECKS = {
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
                "Online sales have an address and neither agent nor branch")
    };

    private static final String SALE =
            """

            transaction_id        string key distinct  Source id of the sale, unique over all time
            customer_id           int distinct         Buyer, key of customer_dim
            sales_agent_id        int?                 Seller, key of sales_agent_dim; null for online sales
            branch_id             int?                 Place of sale, key of branch_dim; null for online sales
            product_id            int                  Product sold, key of product_dim
            units                 int                  Pieces sold, above 0
            unit_price            decimal(18,4)        Price of one piece before discount, above 0
            offer                 int?                 Redeemed offer 1 to 5; null where none was
            discount_percentage   int                  5 times offer; 0 where none was redeemed
            total_paid_price      decimal(18,6)        units * unit_price * (100 - discount_percentage) / 100, exact
            is_online             boolean              Whether the sale was made in the web shop
            payment_method        string               Means of payment, as the source writes it
            shipping_address      string? distinct     Street and number of an online sale
            shipping_city         string?              City of an online sale
            shipping_state        string?              State of an online sale; city names repeat between states
            shipping_postal_code  string?              Postal code of an online sale, leading zeros kept
            source_group          string               Group of files that brought the row first
            source_hour           timestamp            Nominal hour of that group, UTC
            run_id                string               Load that published the row
            extras                map<string,string>?  Columns of the source that the feed does not declare""";

    /** Sales as people query them: a view over {@link #SALES_BASE} and {@link #SALES_DELTA}. */
    public static final Table SALES_TRANSACTIONS_FACT = Table.declare(
            VIEW,
            "sales_transactions_fact: Sales, one row per transaction_id ever" + SALE
                    + """

            transaction_date  string  Date of the sale, uuuu-MM-dd""",
            SALE_CHECKS);

    /** Columns in which a repeat of a sale may differ: where it came from, and what its feed does not declare. */
    private static final Set<String> NOT_COMPARED = Set.of("source_group", "source_hour", "run_id", "extras");

    /** Columns that say who a person is or where one lives; of the sales and of their versions. */
    public static final Set<String> PERSONAL_COLUMNS = Set.of(
            "customer_fname",
            "customer_lname",
            "customer_email",
            "sales_agent_name",
            "shipping_address",
            "last_shipping_address",
            "extras");

    /** Columns by whose values two versions of a sale are told apart. */
    public static final List<String> COMPARED_SALE_COLUMNS = SALES_TRANSACTIONS_FACT.columns().stream()
            .map(Column::name)
            .filter(column -> !NOT_COMPARED.contains(column))
            .toList();

    /** Sales that were merged: one file a date. */
    public static final Table SALES_BASE = Table.declare(
            VERSIONED_PARTITIONS,
            "sales_base: Merged sales by date; sales_transactions_fact shows those that stand" + SALE
                    + """

            added_in          bigint key        Publish that added the row
            removed_in        bigint?           Publish that removed the row; null while it stands
            transaction_date  string partition  Date of the sale, uuuu-MM-dd""");

    /** Sales of each publish since the last merge, and for a while those before it. */
    public static final Table SALES_DELTA = Table.declare(
            VERSIONED_PARTITIONS,
            "sales_delta: Sales by the publish that added them, until a merge brings them to sales_base" + SALE
                    + """

            transaction_date  string            Date of the sale, uuuu-MM-dd
            removed_in        bigint?           Publish that removed the row; null while it stands
            added_in          bigint partition  Publish that added the row""");

    /** What a load looks up to keep one row per transaction_id. */
    public static final Table TRANSACTION_KEYS = Table.declare(
            VERSIONED_PARTITIONS,
            """
            transaction_keys: Ids of all published sales with a digest of their values, ordered by id
            transaction_id    string key distinct   Source id of the sale
            transaction_date  string                Date of the sale, uuuu-MM-dd
            added_in          bigint                Publish that added the row
            content_digest    bigint distinct       64-bit digest of the sale; tells a repeat from a change
            group_sequence    bigint                Ledger record of the last group that brought the sale with these values
            segment           bigint partition key  Publish that wrote the keys; of one id the highest counts""");

    /** Customers: type 2 on names and e-mail, type 1 on the last shipping address. */
    public static final Dimension CUSTOMERS = Dimension.declare(
            """
            customer_dim: Customers, one row per version of their names and e-mail
            customer_id                int key distinct              Source id of the customer
            customer_fname             string                        First name
            customer_lname             string                        Last name
            customer_email             string? distinct              E-mail address, freed of the junk behind it
            last_shipping_address      string? overwritten distinct  Street and number last shipped to; no history
            last_shipping_city         string? overwritten           City last shipped to; no history
            last_shipping_state        string? overwritten           State last shipped to; no history
            last_shipping_postal_code  string? overwritten           Postal code last shipped to; no history
            last_shipping_seen_in      string? overwritten           Source (hour/group) of the last shipping address""");

    /** Products: type 2 on name and category. */
    public static final Dimension PRODUCTS = Dimension.declare(
            """
            product_dim: Products, one row per version of their name and category
            product_id        int key  Source id of the product; names repeat between products
            product_name      string   Name, not unique
            product_category  string   Category""");

    /** Sales agents: type 2 on name and hire date, type 1 on what the feed does not declare. */
    public static final Dimension SALES_AGENTS = Dimension.declare(
            """
            sales_agent_dim: Sales agents, one row per version of their name and hire date
            sales_agent_id    int key                          Source id of the agent
            sales_agent_name  string                           Full name
            hire_date         date                             Day of hire; the source changes it between groups
            extras            map<string,string>? overwritten  Last known columns that the feed does not declare; no history
            extras_seen_in    string? overwritten              Source (hour/group) of the extras""");

    /** Branches: type 2 on location, establish date and class, type 1 on what the feed does not declare. */
    public static final Dimension BRANCHES = Dimension.declare(
            """
            branch_dim: Branches, one row per version of their location, date and class
            branch_id       int key                          Source id of the branch
            location        string                           City of the branch
            establish_date  date                             Day the branch opened
            branch_class    string                           Class A to D
            extras          map<string,string>? overwritten  Last known columns that the feed does not declare; no history
            extras_seen_in  string? overwritten              Source (hour/group) of the extras""");

    public static final Table CUSTOMER_DIM = CUSTOMERS.table();
    public static final Table PRODUCT_DIM = PRODUCTS.table();
    public static final Table SALES_AGENT_DIM = SALES_AGENTS.table();
    public static final Table BRANCH_DIM = BRANCHES.table();

    private static final String QUARANTINE =
            """

            feed            string               Feed the row came in
            source_file     string key           File name as delivered
            line_number     bigint               Line of the file in which the row begins, 1 for the header
            byte_offset     bigint key distinct  Where the row begins in the file, in bytes
            source_group    string key           Group of the file
            group_sequence  bigint               Ledger record of the group
            source_hour     timestamp key        Nominal hour of the group, UTC
            rule_codes      array<string>        Every rule the row breaks
            column_name     string?              Column of the first broken rule, where it has one
            column_value    string?              That column's value, as received
            message         string               Why, and what is allowed
            raw_line        string distinct      The row as received, without its line end
            raw_encoding    string               utf-8, or base64 where the bytes are no UTF-8""";

    /** Everything that was rejected, with its raw text and reason. */
    public static final Table REJECTED_ROWS = Table.declare(
            VERSIONED_PARTITIONS,
            "rejected_rows: Rows that were rejected, with their raw text and the reason" + QUARANTINE
                    + """

            group_refused  boolean           Whether the whole group was refused or retracted, so that it loads nothing
            run_id         string key        Load that rejected the row
            replayed_in    bigint?           Publish of the replay that took the row; null while it is rejected
            rejected_date  string partition  Date of the source hour, uuuu-MM-dd""");

    /** What changed of figures that were published. */
    public static final Table RESTATEMENTS = Table.declare(
            VERSIONED_PARTITIONS,
            """
            restatements: Published sales that changed later: each column with both values
            transaction_id    string key distinct  The sale
            transaction_date  string               Its date before the change, uuuu-MM-dd
            column_name       string key           Column that changed
            old_value         string?              Its value before
            new_value         string?              Its value afterwards; null where the sale was taken back
            old_group         string               Group that brought the sale as it was, as hour/group
            cause             string               Group that corrected it; or which one was retracted or restored, and why
            published_in      bigint key           Publish that shows the new value
            run_id            string               Load that made it
            restated_date     string partition     Date of the source hour of the correction, or of the retraction, uuuu-MM-dd""");

    /** What was measured of the files of each group. */
    public static final Table QUALITY_METRICS = Table.declare(
            VERSIONED_PARTITIONS,
            """
            quality_metrics: What the load measured of each column of a group's files, and what the contract expects of it
            source_hour     timestamp              Nominal hour of the group, UTC
            source_group    string key             The group, as hour/group
            group_refused   boolean                Whether the whole group was refused, so that it loaded nothing
            feed            string key             Feed of the file
            column_name     string key             Column of the feed; * for whole records
            metric          string key             What is measured, as docs/quality.md lists
            metric_value    decimal(38,6)?         The value, where it is a number
            metric_text     string?                The value, where it is a date, or the most frequent values as JSON
            sketch          string? distinct       Apache DataSketches sketch in base64, by which hours are merged
            expectation     string?                Name of what the contract expects
            at_least        decimal(38,6)?         Lowest value that meets it
            at_most         decimal(38,6)?         Highest value that meets it
            outcome         string?                met, warning, failure, or unjudged where too few earlier hours are known
            run_id          string key             Load that measured it
            measured_date   string partition       Date of the source hour, uuuu-MM-dd""");

    /** Sales that wait for an agent or branch that is not known yet. */
    public static final Table WAITING_ROWS = Table.declare(
            VERSIONED_TABLE,
            "waiting_rows: Sales whose agent or branch is not known yet; loaded once it is" + QUARANTINE);

    /** Every group that a load decided about. */
    public static final Table SOURCE_GROUPS = Table.declare(
            VERSIONED_TABLE,
            """
            source_groups: Groups that were loaded, refused or retracted; dimensions name them by group_sequence
            group_sequence  bigint key  Ledger record of the group
            source_group    string      The group, as hour/group[@version]
            source_hour     timestamp   Nominal hour of the group, UTC
            status          string      loaded, refused or retracted
            published_in    bigint      Publish that decided
            run_id          string      Load that decided""");

    /** One row per run of load or compact. */
    public static final Table LOAD_RUNS = Table.declare(
            VERSIONED_PARTITIONS,
            """
            load_runs: Runs of load and compact: when, how long, and what became of every line; and scheduled steps that failed
            run_id              string key           Id of the run
            command             string               load, compact, retract or restore, or the scheduled step that failed
            status              string               published, checks_failed or failed
            started_at          timestamp            Start, UTC
            finished_at         timestamp            When publishing began, UTC
            job_millis          bigint               Duration of the MapReduce jobs, in milliseconds
            groups              array<string>        Groups loaded, as hour/group
            groups_refused      array<string>        Groups refused, as hour/group
            lines_in            bigint               Data lines read
            rows_loaded         bigint               Rows accepted into a table
            rows_duplicate      bigint               Rows that were there already, unchanged
            rows_rejected       bigint               Rows in rejected_rows
            rows_superseded     bigint               Rows of a sale whose later version stands
            rows_waiting        bigint               Rows in waiting_rows
            rows_refused        bigint               Other rows of refused groups, which load nothing
            units_loaded        bigint               Sum of units of loaded sales
            total_paid_loaded   decimal(38,6)        Sum of total_paid_price of loaded sales
            partitions_touched  bigint               Partitions that got a file or a new version
            files_written       bigint               Files published
            counters            map<string,string>?  Every fix and rejection by name, and the version of each contract
            message             string?              Why a run or a group was refused, or the hour and reason of a step that failed
            run_date            string partition     UTC date of the start, uuuu-MM-dd""",
            new Check(
                    "nothing_lost",
                    "lines_in = rows_loaded + rows_duplicate + rows_rejected + rows_superseded + rows_waiting + rows_refused",
                    "Every line is loaded, a duplicate, rejected, superseded, waiting or of a refused group"));

    /** App-log events, landed by the stream. */
    public static final Table KAFKA = Table.declare(
            CONVENTIONAL,
            """
            kafka: App-log events, one row per Kafka record
            eventtype             string?                  productView, addToCart, purchase or recommendationClick
            customerid            string? distinct         Customer, as the app writes it; need not exist
            productid             string? distinct         Product, as the app writes it; need not exist
            timestamp             timestamp? distinct      Event time in the configured zone; its record's where it has none
            category              string?                  metadata.category of a productView
            source                string?                  metadata.source of a productView
            quantity              int?                     Pieces of an addToCart or purchase
            totalamount           decimal(18,4)? distinct  Amount of a purchase
            paymentmethod         string?                  Means of payment of a purchase
            recommendedproductid  string? distinct         Product of a recommendationClick
            algorithm             string?                  Algorithm of a recommendationClick
            extras                map<string,string>?      Fields the table does not declare, nested ones as JSON
            kafka_topic           string key               Topic of the record
            kafka_partition       int key                  Partition of the record
            kafka_offset          bigint key distinct      Offset of the record; with topic and partition its identity
            ingested_at           timestamp                When the consumer took it, UTC
            event_date            string partition         Date of the event, uuuu-MM-dd
            event_hour            int partition            Hour of the event, 0 to 23""");

    /** Records of the app log that are no events, one row per record that was refused. */
    public static final Table REJECTED_EVENTS = Table.declare(
            CONVENTIONAL,
            """
            rejected_events: Records of the app log that were refused, as they were received, and the reason
            kafka_topic         string key           Topic of the record
            kafka_partition     int key              Partition of the record
            kafka_offset        bigint key distinct  Offset of the record; with topic and partition its identity
            record_time         timestamp?           Time of the record, UTC; null where it has none
            rule_codes          array<string>        The rule that the record breaks
            column_name         string?              Column or field that the rule is about, where there is one
            column_value        string?              That column's value as received, JSON, cut where it is long
            message             string               Why, and what is allowed
            raw_key             string?              Key of the record; null where it has none
            raw_key_encoding    string?              utf-8, or base64 where the key is no UTF-8
            raw_value           string distinct      Value of the record
            raw_value_encoding  string               utf-8, or base64 where the value is no UTF-8
            headers             string?              Headers in their order, JSON: [[name, value in base64 or null], ...]
            epoch               string               Epoch of the stream that refused it
            rejected_hour       string partition     Hour of the record's time, UTC, uuuu-MM-dd-HH""");

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
            RESTATEMENTS,
            QUALITY_METRICS,
            LOAD_RUNS,
            KAFKA,
            REJECTED_EVENTS);

    /** Every table that has files of its own: all but the views. */
    public static final List<Table> STORED_TABLES =
            TABLES.stream().filter(table -> table.storage() != VIEW).toList();

    /** Tables to which runs append by day, and whose days are merged and forgotten. */
    public static final List<Table> RECORDS_OF_RUNS = List.of(REJECTED_ROWS, RESTATEMENTS, QUALITY_METRICS, LOAD_RUNS);

    private StarSchema() {}

    public static Optional<Dimension> dimension(String name) {
        return DIMENSION_DECLARATIONS.stream()
                .filter(dimension -> dimension.table().name().equals(name))
                .findFirst();
    }

    public static Table table(String name) {
        return TABLES.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find table %s (expected one of %s)"
                        .formatted(name, TABLES.stream().map(Table::name).toList())));
    }
}
