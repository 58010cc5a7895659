package com.qcompany.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Path;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateToolTest {

    @TempDir
    Path directory;

    @Test
    void writesGroups() {
        int code = run("--groups", "2", "--rows", "40", "--seed", "5", "--out", directory + "/landing");

        assertThat(code).isEqualTo(ExitCode.OK.code());
        assertThat(directory.resolve("landing/group2/_READY")).exists();
    }

    @Test
    void printsUsageForArgumentsItCannotRead() {
        assertThat(run("--groups", "two", "--rows", "4", "--out", "x")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("--groups", "2")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("--groups", "2", "--rows", "-4", "--out", "x")).isEqualTo(ExitCode.USAGE.code());
    }

    private static int run(String... args) {
        return Main.run(new Configuration(false), ArrayUtils.addFirst(args, "generate"));
    }
}
