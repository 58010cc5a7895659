package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the documents name, against what there is. */
class DocumentsTest {

    private static final Path PROJECT = Path.of(System.getProperty("q.project.root"));
    private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w+Test\\b");
    private static final Pattern FILES = Pattern.compile("property: filePattern\\s+value: '(.*)'");

    private static final List<Path> DOCUMENTS = new ArrayList<>();
    private static final Set<String> CLASSES = new HashSet<>();

    @BeforeAll
    static void listSources() throws IOException {
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean isSource = directory.equals(PROJECT) || !name.startsWith(".") && !name.equals("target");
                return isSource ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    DOCUMENTS.add(file);
                } else if (name.endsWith(".java")) {
                    CLASSES.add(name.replace(".java", ""));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            for (MatchResult link : matches(LINK, document)) {
                Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                if (!Files.exists(target)
                        || link.group(2) != null && !headings(target).contains(link.group(2))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }

        assertThat(DOCUMENTS).hasSizeGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    @Test
    void testsThatAreNamedExist() throws IOException {
        for (Path document : DOCUMENTS) {
            assertThat(matches(TEST, document))
                    .as("%s", document)
                    .extracting(MatchResult::group)
                    .allSatisfy(name -> assertThat(CLASSES).contains(name));
        }
    }

    @Test
    void theReadmeNamesTheFilesOfAGroupAsTheContractsDo() throws IOException {
        Path feeds = PROJECT.resolve("mapreduce/src/main/resources/com/qcompany/batch/feed/feeds");
        for (String feed : List.of("branches", "sales_agents", "sales_transactions")) {
            String pattern =
                    matches(FILES, feeds.resolve(feed + ".yaml")).get(0).group(1);
            String name = "`%s`".formatted(pattern.replace(".*", "*").replace("\\.", "."));

            assertThat(PROJECT.resolve("README.md")).content().contains(name);
            assertThat(PROJECT.resolve("mapreduce/docs/ingest.md")).content().contains(name);
        }
    }

    private static List<String> headings(Path document) throws IOException {
        return matches(HEADING, document).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().toList();
    }
}
