package com.qcompany.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.ParallelTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDirectoryTest {

    @TempDir
    static Path dir;

    static Stream<String> spellings() {
        return Stream.of(
                dir.resolve("local/a").toString(),
                dir.resolve("hadoop/b").toUri().toString());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void replacesWhatWasThereAndLeavesNothingElse(String spelling) throws Exception {
        OutputDirectory directory = OutputDirectory.of(spelling, new Configuration());

        directory.write("top.csv", "first".getBytes(UTF_8));
        String file = directory.write("top.csv", "second".getBytes(UTF_8));

        assertThat(directory.read("top.csv").orElseThrow()).asString().isEqualTo("second");
        assertThat(directory.read("other.csv")).isEmpty();
        Path written = Path.of(file.replaceFirst("^file:", ""));
        assertThat(written).hasContent("second");
        assertThat(written.getParent().toFile().list((parent, name) -> !name.endsWith(".crc")))
                .containsExactly("top.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdfs:", "hdfs:reports", "sftp:", "file:reports"})
    void refusesAnAddressWithoutASlash(String text) {
        assertThatThrownBy(() -> OutputDirectory.of(text, new Configuration()))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use directory %s (expected hdfs://HOST/DIR, sftp://USER@HOST/DIR or a path)"
                        .formatted(text));
    }

    @Test
    void severalWriteOneFileAtOnceAndTheLastWins() throws Exception {
        OutputDirectory directory = OutputDirectory.local(dir.resolve("several"));

        new ParallelTasks(4).forEach(IntStream.range(0, 100).boxed().toList(), number -> {
            directory.write("top.csv", "whole".getBytes(UTF_8));
            assertThat(directory.read("top.csv").orElseThrow()).asString().isEqualTo("whole");
        });

        assertThat(directory.read("top.csv").orElseThrow()).asString().isEqualTo("whole");
    }

    @Test
    void leavesNothingHiddenWhereAFileCannotGetItsName() throws Exception {
        Path taken = Files.createDirectories(dir.resolve("taken/top.csv/x")).getParent();

        assertThatThrownBy(() -> OutputDirectory.local(taken.getParent()).write("top.csv", new byte[1]))
                .isInstanceOf(OperatorException.class);

        assertThat(taken.getParent().toFile().list()).containsExactly("top.csv");
    }

    @Test
    void saysWhatCannotBeWrittenAndWhy() throws Exception {
        Path file = Files.createFile(dir.resolve("file"));

        assertThatThrownBy(() -> OutputDirectory.local(file).write("top.csv", new byte[0]))
                .isInstanceOf(OperatorException.class)
                .hasMessage("cannot write %s/top.csv: java.nio.file.FileAlreadyExistsException: %s", file, file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sftp://q:s3cret@host/in", "sftp://q@host/in box", "sftp://q:s3cret@host/in box", "sftp:/in"})
    void anAddressOfSftpHasAHostAndNoPassword(String address) {
        assertThatThrownBy(() -> OutputDirectory.of(address, new Configuration()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use this address (expected sftp://")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aSchemeThatNobodyKnowsIsAMatterOfUsage() {
        assertThatThrownBy(() -> OutputDirectory.of("hfds://namenode/reports", new Configuration()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot write to hfds://namenode/reports: No FileSystem for scheme \"hfds\" (expected hdfs, sftp"
                                + " or file)");
    }

    @Test
    void aRelativeDirectoryIsAnotherElsewhere() {
        assertThat(OutputDirectory.absolute("."))
                .isEqualTo(Path.of("").toAbsolutePath().toString());
        assertThat(OutputDirectory.absolute("hdfs:///a")).isEqualTo("hdfs:///a");
    }
}
