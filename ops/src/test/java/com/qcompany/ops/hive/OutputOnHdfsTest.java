package com.qcompany.ops.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.OutputDirectory;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
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
}
