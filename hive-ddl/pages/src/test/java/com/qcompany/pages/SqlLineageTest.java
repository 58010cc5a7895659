package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.Report;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlLineageTest {

    @Test
    void followsSubQueriesAndJoinsToTheColumnsOfTables() {
        assertThat(
                        SqlLineage.of(
                                """
                        SELECT s.id, p.name, s.money, s.rows, CASE WHEN s.money > 5 THEN p.kind END AS kind
                        FROM (
                          SELECT id, SUM(CASE WHEN online THEN units * price ELSE 0 END) AS money, COUNT(*) AS rows
                          FROM sales WHERE day > '2024' GROUP BY id
                        ) s
                        LEFT JOIN product_dim_current p ON s.id = p.id
                        ORDER BY id
                        """))
                .isEqualTo(Map.of(
                        "id", Set.of("sales.id"),
                        "name", Set.of("product_dim.name"),
                        "money", Set.of("sales.online", "sales.units", "sales.price"),
                        "rows", Set.of(),
                        "kind", Set.of("product_dim.kind", "sales.online", "sales.units", "sales.price")));
    }

    @Test
    void knowsAColumnOfAReport() {
        assertThat(SqlLineage.of(Report.named("sales_by_day")).get("discount_given"))
                .containsExactly(
                        "sales_transactions_fact.total_paid_price",
                        "sales_transactions_fact.unit_price",
                        "sales_transactions_fact.units");
    }

    @Test
    void refusesAColumnOfNoTable() {
        assertThatThrownBy(() -> SqlLineage.of("SELECT t.a FROM (SELECT b FROM u) s"))
                .hasMessage("Cannot find the table of t.a");
        assertThatThrownBy(() -> SqlLineage.of("SELECT s.a FROM (SELECT b FROM u) s"))
                .hasMessage("Cannot find column s.a");
        assertThatThrownBy(() -> SqlLineage.of("SELECT FROM")).hasMessage("Cannot read query: SELECT FROM");
    }
}
