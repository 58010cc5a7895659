package com.qcompany.ops;

import com.qcompany.hive.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's {@code *-site.xml} files, made from the templates beside this class by replacing each {@code @name@}.
 *
 * <p>Servers and clients read the same files, as on a cluster.
 */
public final class SiteFiles {

    /** What a client's configuration directory consists of. */
    public static final List<String> CLIENT =
            List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml", "q-site.xml");

    private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z.-]+)@");

    private final Path directory;
    private final Map<String, String> values;
    private final boolean secured;

    /** @param secured whether the templates in {@code secured/} go over those of the same name */
    SiteFiles(Path directory, Map<String, String> values, boolean secured) {
        this.directory = directory;
        this.values = Map.copyOf(values);
        this.secured = secured;
    }

    /** Writes one file from its template; whoever reads it meanwhile finds the earlier one. */
    public Path write(String name) throws IOException {
        Path file = directory.resolve(name);
        DurableFile.write(file, text(name));
        return file;
    }

    /** The text of such a file. */
    String text(String name) throws IOException {
        return overlay(name).isPresent() ? xml(union(name)) : filled(name);
    }

    /** The text of a template, every placeholder replaced. */
    public String filled(String name) throws IOException {
        return PLACEHOLDER.matcher(template(name)).replaceAll(this::value);
    }

    /** Site files as one, the later over the earlier, and that of a secured stack over all. */
    public Configuration union(String... names) throws IOException {
        List<String> templates = new ArrayList<>(List.of(names));
        overlay(names[names.length - 1]).ifPresent(templates::add);
        Configuration union = new Configuration(false);
        for (String template : templates) {
            union.addResource(new ByteArrayInputStream(filled(template).getBytes(StandardCharsets.UTF_8)), template);
        }
        union.size(); // reads the streams, which can be read once
        return union;
    }

    private Optional<String> overlay(String name) {
        String overlay = "secured/" + name.replaceFirst(".*/", "");
        return secured && SiteFiles.class.getResource(overlay) != null ? Optional.of(overlay) : Optional.empty();
    }

    /** The text of a site file. */
    public static String xml(Configuration conf) throws IOException {
        StringWriter text = new StringWriter();
        conf.writeXml(text);
        return text.toString();
    }

    /** The same with more values. */
    public SiteFiles with(Map<String, String> further) {
        Map<String, String> more = new HashMap<>(values);
        more.putAll(further);
        return new SiteFiles(directory, more, secured);
    }

    /** Writes the client's files and its logging's, and reads the former back over Hadoop's defaults. */
    public Configuration writeClient() throws IOException {
        Configuration conf = new Configuration();
        for (String name : CLIENT) {
            conf.addResource(new org.apache.hadoop.fs.Path(write(name).toUri()));
        }
        if (secured) {
            DurableFile.write(directory.resolve("kafka-client.properties"), filled("secured/kafka-client.properties"));
        }
        write("log4j2.properties");
        write("cluster.properties");
        conf.size(); // reads the files now, while they are known to be whole
        return conf;
    }

    /** The text of a resource beside this class. */
    public static String template(String name) throws IOException {
        return IOUtils.resourceToString(
                "com/qcompany/ops/" + name, StandardCharsets.UTF_8, SiteFiles.class.getClassLoader());
    }

    private String value(MatchResult placeholder) {
        String name = placeholder.group(1);
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Cannot fill template: @%s@ (known: %s)".formatted(name, values.keySet()));
        }
        return Matcher.quoteReplacement(value.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
