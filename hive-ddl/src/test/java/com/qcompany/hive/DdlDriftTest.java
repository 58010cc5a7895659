package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the checked-in DDL and data dictionary to the table declarations. {@code mvn -pl hive-ddl -am test
 * -Dtest=DdlDriftTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true} writes them anew.
 */
class DdlDriftTest {

    private static final Path ROOT = Path.of(System.getProperty("q.project.root"));
    private static final Path DDL = ROOT.resolve("hive-ddl/src/main/resources/com/qcompany/hive/ddl");
    private static final Path DICTIONARY = ROOT.resolve("warehouse/docs/data-dictionary.md");

    @BeforeAll
    static void regenerateIfAsked() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(DDL);
            for (Map.Entry<String, String> script : DdlGenerator.scripts().entrySet()) {
                Files.writeString(DDL.resolve(script.getKey()), script.getValue());
            }
            Files.createDirectories(DICTIONARY.getParent());
            Files.writeString(DICTIONARY, DataDictionary.markdown());
        }
    }

    @Test
    void checkedInScriptsAreWhatTheDeclarationsSay() throws IOException {
        for (Map.Entry<String, String> script : DdlGenerator.scripts().entrySet()) {
            assertThat(DDL.resolve(script.getKey())).hasContent(script.getValue());
        }
    }

    @Test
    void noScriptIsLeftOfATableThatIsGone() throws IOException {
        try (var files = Files.list(DDL)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Ddl.names());
        }
    }

    @Test
    void checkedInDictionaryIsWhatTheDeclarationsSay() {
        assertThat(DICTIONARY).hasContent(DataDictionary.markdown());
    }
}
