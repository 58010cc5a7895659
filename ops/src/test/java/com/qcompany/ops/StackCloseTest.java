package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackCloseTest {

    @TempDir
    Path directory;

    /** As after a build under a running stack: classes that were not loaded before are gone. */
    @Test
    void aServerThatCannotBeStoppedKeepsNoOtherRunning() {
        DataDirectory data = new DataDirectory(directory);
        StackSettings settings = new StackSettings(StackOptions.in(directory), data, new Ports(Map.of()));
        List<String> stopped = new ArrayList<>();
        AutoCloseable withoutClasses = () -> {
            throw new NoClassDefFoundError("Ending");
        };

        EmbeddedStack stack = new EmbeddedStack(
                data, settings, new Configuration(false), withoutClasses, () -> stopped.add("the other"));

        assertThatThrownBy(stack::close)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot stop the embedded stack in " + directory);
        assertThat(stopped).containsExactly("the other");
    }
}
