package com.qcompany.warehouse.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds secrets in configuration values: {@code password=…} in a URL or a JAAS line, or a value that is one itself. */
public final class Secrets {

    /** What resolves to a value elsewhere: in the environment, another file, a credential store. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");

    /** What the name of a secret has in it, as a regular expression. */
    public static final String WORDS = "(?:password|passphrase|pwd|secret|token)";

    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)(\\w*" + WORDS + "\\s*=\\s*)(\"[^\"]*\"|[^\\s;?#&\"]+)");
    static final String MASK = "********";

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Secrets() {}

    /** Whether a secret stands in the value itself: anything of it is no reference. */
    public static boolean isPlain(String value) {
        return !REFERENCE.matcher(value).replaceAll("").isBlank();
    }

    /** Whether a text assigns a plain secret somewhere. */
    public static boolean assignsPlain(String text) {
        return ASSIGNED.matcher(text)
                .results()
                .anyMatch(match -> isPlain(match.group(2).replace("\"", "")));
    }

    /** The text with whatever it assigns as a secret masked. */
    public static String masked(String text) {
        return ASSIGNED.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK));
    }

    /**
     * Refuses a file that holds a secret.
     *
     * @throws UsageException if others than its owner and its group may read it, or others than its owner may change it
     */
    public static void requirePrivate(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new UsageException(
                        "Cannot use %s: it holds a secret and others may read or change it (expected mode 600, or "
                                        .formatted(file)
                                + "references to the secret alone: ${env.NAME} in q-site.xml or a credential store; "
                                + "${file:…}, ${env:…} or ${hadoop:alias} in Kafka properties)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the permissions of %s".formatted(file), e);
        }
    }
}
