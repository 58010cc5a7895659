package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.minikdc.MiniKdc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that logs in by its keytab, at a Kerberos server that gives tickets for a few seconds. */
@Servers
class KeytabTest {

    private static final String PRINCIPAL = "q/localhost";

    @TempDir
    private Path directory;

    private MiniKdc kdc;

    @BeforeEach
    void start() throws Exception {
        Properties settings = MiniKdc.createConf();
        settings.setProperty(MiniKdc.MAX_TICKET_LIFETIME, "8");
        settings.setProperty(MiniKdc.MIN_TICKET_LIFETIME, "1");
        kdc = new MiniKdc(settings, directory.toFile());
        kdc.start();
    }

    @AfterEach
    void stop() {
        kdc.stop();
    }

    @Test
    void logsInAndGetsANewTicketBeforeTheOldOneEnds() throws Exception {
        File keytab = directory.resolve("q.keytab").toFile();
        kdc.createPrincipal(keytab, PRINCIPAL);

        Process program = program(PRINCIPAL + "@" + kdc.getRealm(), keytab);

        String said = new String(program.getInputStream().readAllBytes());
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("logged in as " + PRINCIPAL + "@" + kdc.getRealm(), "renewed");
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void endsWhenTheKeytabIsNotThePrincipals() throws Exception {
        File keytab = directory.resolve("other.keytab").toFile();
        kdc.createPrincipal(keytab, "other");

        Process program = program(PRINCIPAL + "@" + kdc.getRealm(), keytab);

        String said = new String(program.getInputStream().readAllBytes());
        assertThat(said).doesNotContain("logged in");
        assertThat(program.waitFor()).isNotZero();
    }

    /** In a JVM of its own, for Hadoop keeps who is logged in, and how, in statics. */
    private Process program(String principal, File keytab) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HostsFile.option());
        command.addAll(List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.security.krb5.conf=" + kdc.getKrb5conf(),
                "-Dq.test.log=" + directory.resolve("program.log"),
                "-cp",
                System.getProperty("java.class.path"),
                KeytabProgram.class.getName(),
                principal,
                keytab.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
