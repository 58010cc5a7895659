package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.StarSchema;
import java.time.LocalDate;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HqlScriptTest {

    @Test
    void endsAStatementAtASemicolonOutsideQuotesAndComments() {
        HqlScript script = HqlScript.parse(
                "x.hql",
                """
                -- Purpose; of it
                SELECT 'a;b', "c\\";d", `e;f` -- not; here
                FROM t;

                SELECT '--', 2
                """);

        assertThat(script.templates()).containsExactly("SELECT 'a;b', \"c\\\";d\", `e;f` \nFROM t", "SELECT '--', 2");
        assertThat(script.title()).isEqualTo("Purpose; of it");
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> HqlScript.parse("x.hql", "SELECT 1;\nSELECT 'a\\';"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot parse x.hql: the ' of line 2 is not closed");
    }

    @Test
    void resolvesVariablesWithAndWithoutTheirPrefix() {
        HqlScript script = HqlScript.parse("x.hql", "SELECT '${from}' FROM ${db}.t LIMIT ${hivevar:limit}");
        HqlParameters parameters = HqlParameters.ofDatabase("q")
                .date("from", LocalDate.of(2024, 7, 4))
                .count("limit", 3);

        assertThat(script.statements(parameters)).containsExactly("SELECT '2024-07-04' FROM q.t LIMIT 3");
    }

    @Test
    void refusesAVariableWithoutValue() {
        HqlScript script = HqlScript.parse("x.hql", "SELECT ${to}");

        assertThatThrownBy(() -> script.statements(HqlParameters.ofDatabase("q")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot resolve variable ${to} (expected one of [db])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q; DROP DATABASE q", "q`", "1q", "", "${db}", "q.t"})
    void refusesIdentifiersThatAreMore(String identifier) {
        assertThatThrownBy(() -> HqlParameters.ofDatabase(identifier)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a'b", "/a;b", "/a\\b", "/a\nb", "/${db}"})
    void refusesLocationsThatCouldEndALiteral(String directory) {
        HqlParameters parameters = HqlParameters.ofDatabase("q");

        assertThatThrownBy(() -> parameters.location("root", new Path("file", null, directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use location");
    }

    @Test
    void everyReportHasATitleAndOneStatement() {
        HqlParameters parameters =
                DateRange.ALWAYS.addTo(HqlParameters.ofDatabase("q")).count("limit", 5);
        for (Report report : Report.ALL) {
            assertThat(report.title()).isNotBlank();
            assertThat(HqlScript.ofResource("reports/%s.hql".formatted(report.name()))
                            .onlyStatement(parameters))
                    .doesNotContain("${")
                    .contains("ORDER BY")
                    .endsWith("LIMIT 5");
        }
    }

    @Test
    void everyDdlScriptResolvesWithDatabaseAndRoot() {
        HqlParameters parameters = HqlParameters.ofDatabase("q").location("root", new Path("hdfs://h:1/q"));

        assertThat(Ddl.names()).hasSize(StarSchema.TABLES.size() + 2).allSatisfy(name -> assertThat(
                        Ddl.script(name).statements(parameters))
                .isNotEmpty()
                .allSatisfy(
                        statement -> assertThat(statement).startsWith("CREATE").doesNotContain("${")));
    }
}
