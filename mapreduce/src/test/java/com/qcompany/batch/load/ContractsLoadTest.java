package com.qcompany.batch.load;

import static com.qcompany.batch.load.LocalWarehouse.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads by contracts of a directory. */
class ContractsLoadTest {

    private static final String SALES =
            FeedCatalog.bundled().feed("sales_transactions").text().yaml();
    private static final String PAYMENT = "      - name: payment_method\n        logicalType: string\n";

    private static final String PRODUCTS =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: urn:qcompany:feed:products
            name: products
            version: 0.1.0
            status: active
            schema:
              - name: products
                properties:
                  - {name: product_id, logicalType: integer, required: true}
                  - {name: product_name, logicalType: string, required: true}
                  - {name: product_category, logicalType: string, required: true}
                customProperties:
                  - {property: filePattern, value: 'products_.*\\.csv'}
                  - {property: mayBeMissing, value: true}
                  - {property: outputs, value: [{table: product_dim}]}
            """;

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;
    private Path contracts;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
        contracts = Files.createDirectories(dir.resolve("contracts"));
        warehouse.conf().set("q.contracts", contracts.toUri().toString());
    }

    @Test
    void aContractOfTheDirectoryStandsInPlaceOfTheBuiltInOneAndTheRunSaysSo() throws Exception {
        contract(changed(
                "version: 1.0.0",
                "version: 1.1.0",
                PAYMENT,
                PAYMENT + "        quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [Card]}}]\n"));
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 1).replace("Cash", "Card"));
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0.5")).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id")).containsExactly("trx-2");
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"))
                .containsExactly(List.of("payment_method_not_allowed"));
        counters().containsEntry("contract.sales_transactions", "1.1.0").containsEntry("contract.branches", "1.0.0");
    }

    @Test
    void aFurtherContractBringsAFileThatGroupsMayHave() throws Exception {
        contract(changed("          - table: product_dim\n", ""));
        contract(PRODUCTS);
        warehouse.group("group1", sale("trx-1", 1));
        LocalWarehouse.write(
                warehouse.landing().resolve("group1"),
                "products_1",
                "product_id,product_name,product_category",
                "22,Coffee Machine,Kitchen",
                "23,Kettle,Kitchen");
        warehouse.group("group2", sale("trx-2", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2");
        assertThat(texts(StarSchema.PRODUCT_DIM, "product_name")).containsExactlyInAnyOrder("Coffee Machine", "Kettle");
        counters().containsEntry("contract.products", "0.1.0");
    }

    @Test
    void contractsThatCannotBeUsedStopEveryCommandAtItsStart() throws IOException {
        warehouse.group("group1", sale("trx-1", 1));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("*.yaml");

        contract(PRODUCTS);
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use feeds sales_transactions and products: both fill product_dim (expected one)");

        contract(PRODUCTS.replace("integer", "money"));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("products.yaml: line 10, schema[0].properties[0]");
    }

    /** The contract of sales with some parts changed. */
    private static String changed(String... changes) {
        String yaml = SALES;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(yaml).contains(changes[i]);
            yaml = yaml.replace(changes[i], changes[i + 1]);
        }
        return yaml;
    }

    private void contract(String yaml) throws IOException {
        String name = yaml.lines()
                .filter(line -> line.startsWith("name: "))
                .findFirst()
                .orElseThrow();
        Files.writeString(contracts.resolve(name.substring("name: ".length()) + ".yaml"), yaml);
    }

    private List<String> texts(Table table, String column) throws IOException {
        return warehouse.rows(table).stream().map(row -> row.text(column)).toList();
    }

    private MapAssert<Object, Object> counters() throws IOException {
        List<Row> runs = warehouse.rows(StarSchema.LOAD_RUNS);
        return assertThat(runs.get(runs.size() - 1).get("counters"))
                .asInstanceOf(InstanceOfAssertFactories.map(Object.class, Object.class));
    }
}
