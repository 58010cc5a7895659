package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.Program.Command;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final Program program = new Program(
            "test.jar",
            List.of(
                    new Command(
                            "lose", "fails deep inside", () -> new FailingTool(new IllegalArgumentException("lost"))),
                    new Command("misread", "is used wrongly", () -> new FailingTool(new UsageException("misread")))));

    /** A tool that throws. */
    private static final class FailingTool extends Configured implements Tool {
        private final RuntimeException failure;

        FailingTool(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public int run(String[] args) {
            throw failure;
        }
    }

    @Test
    void onlyAWrongUseIsUsage() {
        assertThat(program.run(conf(), "misread")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose")).isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void anUnknownCommandOrKeyIsUsage() {
        assertThat(program.run(conf(), "unknown")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf())).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose", "-D", "q.rot=/q")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose", "-D", "q.load.max-rejected-share=2"))
                .isEqualTo(ExitCode.USAGE.code());
    }

    private static Configuration conf() {
        return new Configuration(false);
    }
}
