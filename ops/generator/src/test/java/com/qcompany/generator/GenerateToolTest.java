package com.qcompany.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateToolTest {

    @TempDir
    Path directory;

    @Test
    void writesGroups() throws Exception {
        int code = run("--groups", "2", "--rows", "40", "--seed", "5", "--out", directory + "/landing");

        assertThat(code).isEqualTo(ExitCode.OK.code());
        assertThat(directory.resolve("landing/group2/_READY")).exists();
    }

    @Test
    void printsUsageForArgumentsItCannotRead() throws Exception {
        assertThat(run("--groups", "two", "--rows", "4", "--out", "x")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("--groups", "2")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("--groups", "2", "--rows", "-4", "--out", "x")).isEqualTo(ExitCode.USAGE.code());
    }

    private static int run(String... args) throws Exception {
        return ToolRunner.run(new Configuration(false), new GenerateTool(), args);
    }
}
