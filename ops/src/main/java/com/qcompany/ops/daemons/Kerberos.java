package com.qcompany.ops.daemons;

import com.qcompany.hive.DurableFile;
import com.qcompany.ops.ContainerClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.util.Shell;

/**
 * The Kerberos server of a secured stack, realm {@code EXAMPLE.COM}, and its servers' keys and certificate.
 *
 * <pre>
 * krb5.conf    where the server is
 * q.keytab     keys of the services, of the user that runs the stack, and of guest, who may log in and no more; made
 *              anew by each start of the server
 * server.p12   key and certificate of 127.0.0.1, for ten years; made once
 * trust.jks    the certificate alone, for clients
 * </pre>
 *
 * @param directory of these files, which only its owner may enter
 */
record Kerberos(Path directory, int port, Passwords passwords) {
    private static final String HOST = "/localhost";
    /** The last one is looked for in the keytab. */
    private static final List<String> SERVICES = List.of("hdfs", "yarn", "mapred", "hive", "HTTP", "kafka", "oozie");

    private static final String PASSWORD = "Q_KEYSTORE_PASSWORD";

    /** Makes what is absent; the keytab of an earlier start goes. */
    void prepare() throws IOException {
        Files.deleteIfExists(keytab());
        DurableFile.write(properties(), "kdc.bind.address=127.0.0.1%nkdc.port=%d%n".formatted(port));
        Path store = directory.resolve("server.p12");
        Path certificate = directory.resolve("server.crt");
        Path trust = directory.resolve("trust.jks");
        if (Files.exists(trust)) {
            return;
        }
        Files.deleteIfExists(store);
        String names = "san=ip:127.0.0.1,dns:localhost";
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", names, "-validity", "3650");
        keytool(store, "-exportcert", "-file", certificate.toString());
        keytool(trust, "-importcert", "-noprompt", "-storetype", "JKS", "-file", certificate.toString());
    }

    private void keytool(Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program("keytool")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "server", "-keystore", store.toString(), "-storepass:env", PASSWORD));
        Shell.ShellCommandExecutor keytool = new Shell.ShellCommandExecutor(
                command.toArray(String[]::new), directory.toFile(), java.util.Map.of(PASSWORD, passwords.keystore()));
        keytool.execute();
    }

    List<String> command() {
        String jars = ContainerClassPath.library()
                        .resolve("../../kerberos/target/lib")
                        .normalize() + "/*";
        Stream<String> start = Stream.of(
                program("java"),
                "-Dq.daemon=" + Service.KERBEROS.label(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jars,
                "org.apache.hadoop.minikdc.MiniKdc",
                directory.toString(),
                properties().toString(),
                keytab().toString(),
                System.getProperty("user.name"),
                "guest",
                "HTTP/127.0.0.1");
        return Stream.concat(start, SERVICES.stream().map(service -> service + HOST))
                .toList();
    }

    /** Up when the keytab is whole. */
    String state() throws IOException {
        String keys = Files.readString(keytab(), StandardCharsets.ISO_8859_1);
        return keys.contains(SERVICES.get(SERVICES.size() - 1)) ? HealthCheck.UP : "making keys";
    }

    private Path keytab() {
        return directory.resolve("q.keytab");
    }

    private Path properties() {
        return directory.resolve("kdc.properties");
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
