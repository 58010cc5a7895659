package com.qcompany.ops.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.OutputDirectory;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.state.ParallelTasks;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that reports write, on a real NameNode and DataNode. */
@WithStack
class OutputOnHdfsTest {

    @ParameterizedTest
    @ValueSource(strings = {"hdfs:///", "hdfs:/"})
    void aFileIsReplacedWhereThePathNamesNoHost(String root, EmbeddedStack stack) throws Exception {
        OutputDirectory directory = OutputDirectory.of(root + "output-on-hdfs/a b", stack.clientConf());

        directory.write("top.csv", "one".getBytes(UTF_8));
        directory.write("top.csv", "two".getBytes(UTF_8));

        assertThat(directory.read("top.csv")).hasValue("two".getBytes(UTF_8));
    }

    @Test
    void severalWriteOneFileAtOnceAndTheLastWins(EmbeddedStack stack) throws Exception {
        OutputDirectory directory = OutputDirectory.of("hdfs:///output-on-hdfs/several", stack.clientConf());

        new ParallelTasks(4)
                .forEach(
                        IntStream.range(0, 40).boxed().toList(),
                        number -> directory.write("top.csv", "whole".getBytes(UTF_8)));

        assertThat(directory.read("top.csv")).hasValue("whole".getBytes(UTF_8));
    }
}
