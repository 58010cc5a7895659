package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.OperatorException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class HiveSessionTest {

    @Test
    void aTableThatHiveDoesNotKnowIsOnePlainLine() {
        IOException failure = HiveSession.failure(
                "SELECT *\nFROM q_dwh.sales",
                new SQLException(
                        "Error while compiling statement: FAILED: SemanticException [Error 10001]: Line 2:5 Table not"
                                + " found 'q_dwh.sales'\n  in definition",
                        "42S02",
                        10001));

        assertThat(failure)
                .isInstanceOf(OperatorException.class)
                .hasMessage("HiveServer2 does not know all of the warehouse: Line 2:5 Table not found 'q_dwh.sales' in"
                        + " definition (q ddl makes it, q repair registers it again)");
    }

    @Test
    void anyOtherErrorShowsTheStatement() {
        assertThat(HiveSession.failure("SELECT 1", new SQLException("out of memory", "08S01", 1)))
                .isNotInstanceOf(OperatorException.class)
                .hasMessage("Cannot run on HiveServer2: SELECT 1 (out of memory)");
    }
}
