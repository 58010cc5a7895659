package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.publish.FailureTool;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureToolTest {

    @TempDir
    java.nio.file.Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws Exception {
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void saysWhichHourWhichStepAndWhy() throws Exception {
        assertThat(fail("2024-07-04-05", "0000001-W@load")).isEqualTo(ExitCode.OK.code());

        List<Row> runs = warehouse.rows(StarSchema.LOAD_RUNS);
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.text("command")).isEqualTo("load");
            assertThat(run.text("status")).isEqualTo("failed");
            assertThat(run.text("message")).isEqualTo("2024-07-04-05: no node answers");
        });
    }

    @Test
    void theStepsOwnWordGoesBeforeTheSchedulers() throws Exception {
        Path told = Layout.of(warehouse.conf()).failure("0000001-W@load");
        try (OutputStream out = told.getFileSystem(warehouse.conf()).create(told)) {
            out.write("group7 is refused: 40 of 100 sales are rejected".getBytes(StandardCharsets.UTF_8));
        }

        fail("2024-07-04-05", "0000001-W");

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS))
                .extracting(run -> run.text("message"))
                .containsExactly("2024-07-04-05: group7 is refused: 40 of 100 sales are rejected");
        assertThat(told.getFileSystem(warehouse.conf()).exists(told)).isFalse();
    }

    @Test
    void recordsAFailureOnce() throws Exception {
        fail("2024-07-04-05", "0000001-W@load");

        assertThat(fail("2024-07-04-05", "0000001-W@load")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(fail("2024-07-04-05", "0000002-W@load")).isEqualTo(ExitCode.OK.code());

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS)).hasSize(2);
    }

    @Test
    void takesAStepOfAnyName() throws Exception {
        assertThat(fail("2024-07-04-05", "load/all groups", "0000001-W")).isEqualTo(ExitCode.OK.code());

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS))
                .extracting(run -> run.text("command"))
                .containsExactly("load/all groups");
    }

    @Test
    void refusesAnHourThatIsNone() throws Exception {
        assertThatThrownBy(() -> fail("yesterday", "0000001-W")).isInstanceOf(UsageException.class);
    }

    private int fail(String hour, String id) throws Exception {
        return fail(hour, "load", id);
    }

    private int fail(String hour, String step, String id) throws Exception {
        return ToolRunner.run(warehouse.conf(), new FailureTool(), new String[] {
            "--hour", hour, "--step", step, "--reason", "no node answers", "--id", id
        });
    }
}
