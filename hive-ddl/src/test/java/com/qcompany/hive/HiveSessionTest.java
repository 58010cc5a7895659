package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.OperatorException;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.hadoop.security.AccessControlException;
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

    /** As ALTER TABLE and SHOW PARTITIONS say it, without quotes. */
    @Test
    void aTableThatCannotBeAlteredIsOnePlainLine() {
        assertThat(HiveSession.failure(
                        "SHOW PARTITIONS q_dwh.kafka",
                        new SQLException(
                                "Error while compiling statement: FAILED: SemanticException [Error 10001]: Table not found"
                                        + " q_dwh.kafka",
                                "42S02",
                                10001)))
                .isInstanceOf(OperatorException.class)
                .hasMessage(
                        "HiveServer2 does not know all of the warehouse: Table not found q_dwh.kafka (q ddl makes it,"
                                + " q repair registers it again)");
    }

    @Test
    void aTableThatAViewLacksIsOnePlainLine() {
        IOException failure = HiveSession.failure(
                "SELECT *\nFROM q_dwh.sales",
                new SQLException(
                        "Error while compiling statement: FAILED: SemanticException Line 48:5 Table not found"
                                + " 'sales_delta' in definition of VIEW sales_transactions_fact [\nSELECT\n  id"
                                + "\n] used as s at Line 8:5",
                        "42000",
                        40000));

        assertThat(failure)
                .isInstanceOf(OperatorException.class)
                .hasMessage("HiveServer2 does not know all of the warehouse: Line 48:5 Table not found 'sales_delta' in"
                        + " definition of VIEW sales_transactions_fact (q ddl makes it, q repair registers it again)");
    }

    @Test
    void aTableInThePlaceOfAViewIsOnePlainLine() {
        assertThat(HiveSession.failure(
                        "CREATE OR REPLACE VIEW q_dwh.sales",
                        new SQLException(
                                "Error while compiling statement: FAILED: SemanticException [Error 10218]: Existing table is"
                                        + " not a view\n The following is an existing table, not a view: q_dwh.sales",
                                "42000",
                                10218)))
                .isInstanceOf(OperatorException.class)
                .hasMessage("Cannot make a view: Existing table is not a view The following is an existing table, not a"
                        + " view: q_dwh.sales (rename that table, ALTER TABLE … RENAME TO …, then run this again)");
    }

    @Test
    void whoMayNotReadATablesFilesIsToldSoInOneLine() {
        assertThat(
                        HiveSession.failure(
                                "SELECT 1",
                                new SQLException(
                                        "FAILED: Execution Error, return code 1. Permission denied: user=guest,"
                                                + " access=EXECUTE, inode=\"/q\":root:root:drwxr-x---\n\tat Check.check(Check.java:661)")))
                .isInstanceOf(AccessControlException.class)
                .hasMessage("Permission denied: user=guest, access=EXECUTE, inode=\"/q\":root:root:drwxr-x---");
    }

    @Test
    void anyOtherErrorShowsTheStatement() {
        assertThat(HiveSession.failure("SELECT 1", new SQLException("out of memory", "08S01", 1)))
                .isNotInstanceOf(OperatorException.class)
                .hasMessage("Cannot run on HiveServer2: SELECT 1 (out of memory)");
    }
}
