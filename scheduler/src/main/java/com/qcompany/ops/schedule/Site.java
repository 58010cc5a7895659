package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.ops.schedule.validate.Applications;
import com.qcompany.ops.schedule.validate.JobProperties;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;

/**
 * What this machine has to deploy and to which cluster.
 *
 * @param conf Hadoop's configuration
 * @param properties job properties, with those of the command line
 * @param apps directory of the applications
 * @param jars job jars that go with them
 */
public record Site(Configuration conf, JobProperties properties, Path apps, List<Path> jars) {

    private static final Option PROPERTIES = repeatable(
            "properties", "FILE", "job properties, a later file over those before it (default: q.schedule.properties)");
    private static final Option APPS = valued("apps", "DIR", "directory of applications (default: q.schedule.apps)");
    private static final String COMMAND_LINE = "from command line";

    public Site {
        jars = List.copyOf(jars);
    }

    /** Options that every command has. */
    public static Options options() {
        return new Options().addOption(PROPERTIES).addOption(APPS);
    }

    /**
     * Reads what a command line and the settings name.
     *
     * @throws UsageException if there are no job properties
     */
    public static Site of(CommandLine line, Configuration conf) throws IOException {
        String[] files = line.getOptionValues(PROPERTIES);
        JobProperties properties = read(files == null ? paths(Settings.SCHEDULE_PROPERTIES.get(conf)) : paths(files));
        return new Site(
                conf,
                properties.with(commandLine(properties, conf)),
                CommandLineSyntax.localPath(line.getOptionValue(APPS, Settings.SCHEDULE_APPS.get(conf))),
                paths(Settings.SCHEDULE_JARS.get(conf)));
    }

    private static List<Path> paths(String... texts) {
        return Arrays.stream(String.join(",", texts).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(CommandLineSyntax::localPath)
                .toList();
    }

    private static JobProperties read(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new UsageException("Cannot use --properties: it names no file (expected a path)");
        }
        JobProperties properties = read(files.get(0));
        for (Path over : files.subList(1, files.size())) {
            properties = properties.with(read(over).written());
        }
        return properties;
    }

    private static JobProperties read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("Cannot read job properties: %s (expected a file; --properties or %s names it)"
                    .formatted(file.toAbsolutePath(), Settings.SCHEDULE_PROPERTIES.key()));
        }
        return JobProperties.read(file);
    }

    /** The version that was deployed last. */
    Released latest() throws IOException {
        return new ReleaseStore(this).latest();
    }

    OozieJobs jobs() {
        return OozieJobs.of(conf);
    }

    Applications applications() throws IOException {
        return Applications.read(
                apps,
                jars.stream().map(jar -> String.valueOf(jar.getFileName())).collect(Collectors.toSet()));
    }

    /** Declared job properties that the command line gives with {@code -D}. */
    private static Map<String, String> commandLine(JobProperties properties, Configuration conf) {
        Map<String, String> values = new HashMap<>();
        for (String key : properties.written().keySet()) {
            String[] sources = conf.getPropertySources(key);
            if (sources != null && Arrays.asList(sources).contains(COMMAND_LINE)) {
                values.put(key, conf.getTrimmed(key, ""));
            }
        }
        return values;
    }
}
