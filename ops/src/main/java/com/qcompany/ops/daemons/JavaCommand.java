package com.qcompany.ops.daemons;

import com.qcompany.ops.ContainerClassPath;
import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.StackSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Command lines of the JVMs, all with the class path of the build.
 *
 * @param data directory of the stack
 * @param logging the file that configures Log4j 2
 * @param options every JVM's: what Hadoop and Hive need of JDK 17, and of this JVM those of logging
 */
record JavaCommand(DataDirectory data, String logging, List<String> options) {

    private static final String LOGGING = "log4j2.configurationFile";

    JavaCommand {
        options = List.copyOf(options);
    }

    static JavaCommand of(DataDirectory data) throws IOException {
        List<String> options =
                new ArrayList<>(List.of(StackSettings.jvmOptions().split(" ")));
        for (String property : List.of("log4j.configuration", "java.util.logging.config.file")) {
            String value = System.getProperty(property);
            if (value != null) {
                options.add("-D%s=%s".formatted(property, value));
            }
        }
        String logging = System.getProperty(
                LOGGING, data.configuration().resolve("log4j2.properties").toString());
        return new JavaCommand(data, logging, options);
    }

    /**
     * A daemon's.
     *
     * @param heapMb most that its heap may take
     * @param conf directories with configuration of servers, before the clients'
     */
    List<String> of(Service service, int heapMb, List<Path> conf, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dq.daemon=" + service.label(),
                "-Xmx%dm".formatted(heapMb),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // on two cores the second compiler more than doubles the time of a start
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:MetaspaceSize=96m",
                "-Djava.io.tmpdir=" + data.temporary(),
                "-D%s=%s".formatted(LOGGING, logging),
                "-Dhive.log4j.file=" + logging, // Hive's servers begin logging anew
                "-Dmetastore.log4j.file=" + logging));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(conf), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private String classPath(List<Path> conf) {
        String jars = ContainerClassPath.of(System.getProperty("java.class.path"), ContainerClassPath.library());
        return Stream.concat(conf.stream().map(Path::toString), Stream.of(data.configuration() + "," + jars))
                .map(entry -> entry.replace(",", File.pathSeparator))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
