package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit makes of findings, whatever found them. */
class AuditToolTest {

    private static final List<Finding> RIGHT = List.of(new Finding("sales", "each_sale_once", 0, "7 rows of 7 sales"));
    private static final List<Finding> WRONG = List.of(new Finding("sales", "each_sale_once", 2, "9 rows of 7 sales"));

    @TempDir
    java.nio.file.Path directory;

    private Warehouse warehouse;
    private final List<Long> audited = new ArrayList<>();

    @BeforeEach
    void publishFirst() throws IOException {
        Layout layout = new Layout(new Path(directory.toUri()));
        warehouse = new Warehouse(FileSystem.getLocal(new Configuration()), layout, "db");
        complete(1);
    }

    @Test
    void whatIsWrongWhileNothingIsPublishedIsWrong() throws IOException {
        assertThat(AuditTool.run(warehouse, state -> found(state, WRONG))).isEqualTo(ExitCode.CHECKS_FAILED);
        assertThat(audited).containsExactly(1L);
    }

    @Test
    void regressionALoadDuringTheAuditWasTakenForWrongFigures() throws IOException {
        ExitCode code = AuditTool.run(warehouse, state -> {
            if (state.sequence() == 1) {
                commit(2);
                complete(2);
                return found(state, WRONG);
            }
            return found(state, RIGHT);
        });

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(audited).containsExactly(1L, 2L);
    }

    @Test
    void whatIsStillWrongAfterTheLoadIsWrong() throws IOException {
        commit(2);

        ExitCode code = AuditTool.run(warehouse, state -> {
            if (state.sequence() == 1) {
                complete(2);
            }
            return found(state, WRONG);
        });

        assertThat(code).isEqualTo(ExitCode.CHECKS_FAILED);
        assertThat(audited).containsExactly(1L, 2L);
    }

    @Test
    void nothingIsSaidOfAPublishThatWasCutShort() throws IOException {
        commit(2);

        assertThat(AuditTool.run(warehouse, state -> found(state, WRONG))).isEqualTo(ExitCode.FAILED);
        assertThat(audited).hasSize(AuditTool.ATTEMPTS);
    }

    @Test
    void whatIsRightNeedsNoRepetition() throws IOException {
        commit(2);

        assertThat(AuditTool.run(warehouse, state -> found(state, RIGHT))).isEqualTo(ExitCode.OK);
        assertThat(audited).hasSize(1);
    }

    private List<Finding> found(Snapshot state, List<Finding> findings) {
        audited.add(state.sequence());
        return findings;
    }

    private void commit(long sequence) throws IOException {
        warehouse.fs().create(warehouse.layout().journal().file(sequence)).close();
    }

    private void complete(long sequence) throws IOException {
        Snapshots.write(warehouse.fs(), warehouse.layout(), snapshot(sequence));
    }

    /** A state in which nothing is published. */
    static Snapshot snapshot(long sequence) {
        return new Snapshot(
                Snapshot.FORMAT,
                sequence,
                0,
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                new TreeSet<>(),
                new TreeSet<>(),
                List.of());
    }
}
