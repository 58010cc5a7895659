package com.qcompany.ops.schedule.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JobPropertiesTest {

    private final JobProperties properties = JobProperties.parse(
            "cluster.properties", "# where\nnameNode=hdfs://nn\n\nroot=${nameNode}/q\nexports=${root}/${day}\n");

    @Test
    void resolvesReferencesThroughReferences() {
        assertThat(properties.get("exports")).isEqualTo("hdfs://nn/q/${day}");
        assertThat(properties.resolved()).containsEntry("root", "hdfs://nn/q");
    }

    @Test
    void knowsItsLines() {
        assertThat(properties.line("root")).isEqualTo(4);
        assertThat(properties.with(Map.of("day", "1")).line("day")).isZero();
    }

    @Test
    void aCircleOfReferencesEnds() {
        assertThat(JobProperties.parse("x", "a=${b}\nb=${a}\n").get("a")).startsWith("${");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> properties.get("qApps"))
                .hasMessage("Cannot find qApps in cluster.properties (expected a line qApps=VALUE)");
    }
}
