package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.generator.GroupGenerator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.minikdc.MiniKdc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The batch on an HDFS that wants Kerberos, as a user with a keytab and as one without. No load: jobs shuffle under
 * Kerberos only with Hadoop's native library, as on the secured stack of daemons.
 */
@Servers
class SecureHdfsTest {

    @TempDir
    private static Path directory;

    private static MiniKdc kdc;
    private static File keytab;
    private static Process hdfs;

    @BeforeAll
    static void startKerberosAndHdfs() throws Exception {
        kdc = new MiniKdc(MiniKdc.createConf(), directory.toFile());
        kdc.start();
        File servers = directory.resolve("servers.keytab").toFile();
        kdc.createPrincipal(servers, "hdfs/localhost", "HTTP/localhost");
        keytab = directory.resolve("q.keytab").toFile();
        kdc.createPrincipal(keytab, "q");
        hdfs = program(SecureHdfsProgram.class, "hdfs", directory.toString(), servers.toString(), kdc.getRealm())
                .redirectError(directory.resolve("hdfs.err").toFile())
                .start();
        boolean ready = hdfs.inputReader().lines().anyMatch("ready"::equals);
        assertThat(ready).as(Files.readString(directory.resolve("hdfs.err"))).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        hdfs.getOutputStream().close();
        if (!hdfs.waitFor(30, TimeUnit.SECONDS)) {
            hdfs.destroyForcibly();
        }
        kdc.stop();
    }

    @Test
    void takesAGroupByAKeytab() throws Exception {
        Path landing = directory.resolve("landing");
        GroupGenerator.of(7, 40).write(landing, 1, 1);
        String[] byKeytab = {"-D", "q.kerberos.principal=q@" + kdc.getRealm(), "-D", "q.kerberos.keytab=" + keytab};

        assertThat(batch("ingest", byKeytab, "--landing", landing.toString(), "--now"))
                .contains("Accepted group1");
    }

    @Test
    void saysThatItMayNotWithoutATicket() throws Exception {
        Path landing = directory.resolve("landing-without");
        GroupGenerator.of(7, 40).write(landing, 1, 1);

        assertThat(batch("ingest", new String[0], "--landing", landing.toString(), "--now"))
                .contains("Cannot ingest")
                .doesNotContain("Took");
    }

    /** What a command printed, in a JVM of its own: Hadoop keeps who is logged in in statics. */
    private static String batch(String command, String[] login, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command));
        Collections.addAll(arguments, login);
        Collections.addAll(
                arguments, "-D", "mapreduce.framework.name=local", "-D", "hadoop.tmp.dir=" + directory.resolve("tmp"));
        Collections.addAll(arguments, options);
        Process process = program(Main.class, command, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Path log = log(command);
        return Files.exists(log) ? printed + Files.readString(log) : printed;
    }

    private static Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static ProcessBuilder program(Class<?> main, String log, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HostsFile.option());
        command.addAll(List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.security.krb5.conf=" + kdc.getKrb5conf(),
                "-Dq.test.log=" + log(log),
                "-cp",
                directory + File.pathSeparator + System.getProperty("java.class.path"),
                main.getName()));
        Collections.addAll(command, arguments);
        return new ProcessBuilder(command);
    }
}
