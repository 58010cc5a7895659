package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void belongsToTheKindOfStackThatWasFirst() throws IOException {
        DataDirectory data = new DataDirectory(directory);
        data.claim(StackKind.DAEMONS);

        assertThatCode(() -> data.claim(StackKind.DAEMONS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> data.claim(StackKind.EMBEDDED))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot start an embedded stack in " + directory);
    }

    @Test
    void withoutAMarkIsAnEmbeddedStacks() throws IOException {
        Files.createFile(directory.resolve("ports.properties"));

        assertThatThrownBy(() -> new DataDirectory(directory).claim(StackKind.DAEMONS))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot start daemons in " + directory);
    }

    @Test
    void isNotWhereADataNodeCannotStart() throws IOException {
        new DataDirectory(directory.resolve("d&ta")).create();

        for (String name : List.of("my data", "100%")) {
            assertThatThrownBy(() -> new DataDirectory(directory.resolve(name)).create())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot keep a stack in " + directory.resolve(name));
        }
    }

    @Test
    void saysThatAnotherProgramStartsOrStopsIt() throws IOException {
        DataDirectory data = new DataDirectory(directory);
        try (FileChannel lock = data.lock()) {
            assertThat(lock.isOpen()).isTrue();
            assertThatThrownBy(data::lock).hasMessageContaining("another one runs there, or a q up, down or restart");
        }
    }
}
