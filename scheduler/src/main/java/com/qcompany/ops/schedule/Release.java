package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.validate.Applications;
import com.qcompany.ops.schedule.validate.JobProperties;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Everything of one version: the same content has the same version.
 *
 * @param version version of the platform and begin of the content's SHA-256
 * @param applications files of the applications
 * @param properties job properties whose {@code appPath} is this version's
 * @param jars job jars
 */
record Release(String version, Applications applications, JobProperties properties, List<Path> jars) {

    private static final int DIGEST_CHARACTERS = 12;

    Release {
        jars = List.copyOf(jars);
    }

    static Release of(Site site) throws IOException {
        Applications applications = site.applications();
        MessageDigest digest = DigestUtils.getSha256Digest();
        applications.contents().forEach((name, content) -> add(digest, name, content));
        for (Path jar : site.jars()) {
            if (!Files.isRegularFile(jar)) {
                throw new UsageException("Cannot read job jar: %s (expected a file; %s names it)"
                        .formatted(jar.toAbsolutePath(), Settings.SCHEDULE_JARS.key()));
            }
            add(
                    digest,
                    String.valueOf(jar.getFileName()),
                    DigestUtils.digest(DigestUtils.getSha256Digest(), jar.toFile()));
        }
        add(digest, "job.properties", text(site.properties()).getBytes(StandardCharsets.UTF_8));
        String version = platformVersion() + "-"
                + HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS);
        JobProperties properties = site.properties().with(Map.of("appVersion", version));
        return new Release(version, applications, properties, site.jars());
    }

    /** The job properties with every reference resolved, for {@code oozie job -config}. */
    String jobProperties() throws IOException {
        return text(properties);
    }

    private static String text(JobProperties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.resolved().store(text, null);
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void add(MessageDigest digest, String name, byte[] content) {
        digest.update("%s %d\n".formatted(name, content.length).getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }

    private static String platformVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(
                Release.class.getResourceAsStream("version.properties"), "the build writes its version")) {
            properties.load(in);
        }
        return properties.getProperty("version", "");
    }
}
