package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.Certificates;
import com.qcompany.ops.EmbeddedKafka;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.KafkaOptions;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.hadoop.util.ToolRunner;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consuming from a broker that asks for a password or a certificate, with secrets that stand in no file of settings. */
@WithStack
class SecurityTest {

    private static final String SECRET = "Xq7-whispered-in-this-test-only";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    /** A variable that every environment has: its value is the password of a user. */
    private static final String VARIABLE = "PATH";

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    private Certificates certificates;
    private EmbeddedKafka kafka;

    SecurityTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void start() throws Exception {
        Configurator.setLevel("org.apache.kafka", Level.INFO); // clients tell their configuration
        certificates = new Certificates(directory.resolve("certificates"));
        kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("kafka"))
                .withListener("PASSWORD", SecurityProtocol.SASL_SSL)
                .withListener("CERTIFICATE", SecurityProtocol.SSL)
                .with("listener.name.password.sasl.enabled.mechanisms", "SCRAM-SHA-512")
                .with("listener.name.password.scram-sha-512.sasl.jaas.config", SCRAM + ";")
                .with("listener.name.certificate.ssl.client.auth", "required")
                .with(certificates.identity("server"))
                .with(certificates.trust())
                .withScramUser("q", SECRET)
                .withScramUser("environment", System.getenv(VARIABLE)));
    }

    @AfterEach
    void stop() {
        kafka.close();
        Configurator.setLevel("org.apache.kafka", Level.WARN);
    }

    @Test
    void consumesWithSecretsFromAStoreAFileAndTheEnvironmentAndKeepsThem() throws Exception {
        try (AppLog log = new AppLog(stack, kafka.bootstrap(), 2)) {
            Configuration conf = secured(log, "PASSWORD");
            conf.set("hadoop.security.credential.provider.path", credentialStore(conf));
            Path secrets = Files.writeString(directory.resolve("secrets.properties"), "kafka=" + SECRET + "\n");

            consume(log, conf, password("q", "${hadoop:kafka.password}"));
            consume(log, conf, password("q", "${file:%s:kafka}".formatted(secrets)));
            consume(log, conf, password("environment", "${env:%s}".formatted(VARIABLE)));

            log.requireWhole();
            assertThat(Console.of(() -> com.qcompany.batch.Main.run(conf, "config")))
                    .contains("q.stream.kafka-properties=")
                    .doesNotContain(SECRET);
        }
        assertThat(servers()).contains("ConsumerConfig values", "[hidden]").doesNotContain(SECRET);
    }

    @Test
    void refusesToConsumeWithAWrongPassword() throws Exception {
        try (AppLog log = new AppLog(stack, kafka.bootstrap(), 1)) {
            Configuration conf = secured(log, "PASSWORD");
            Path wrong = Files.writeString(directory.resolve("wrong.properties"), "kafka=guess-" + SECRET + "\n");
            write(conf, password("q", "${file:%s:kafka}".formatted(wrong)));

            assertThatThrownBy(() -> ToolRunner.run(conf, new ConsumeTool(), new String[] {"--until-caught-up"}))
                    .hasMessageContaining("Authentication failed")
                    .hasMessageNotContaining(SECRET);
            assertThat(com.qcompany.stream.Main.run(conf, "consume", "--until-caught-up"))
                    .isEqualTo(ExitCode.FAILED.code());
        }
        assertThat(servers()).doesNotContain(SECRET);
    }

    @Test
    void consumesWithACertificate() throws Exception {
        try (AppLog log = new AppLog(stack, kafka.bootstrap(), 1)) {
            Configuration conf = secured(log, "CERTIFICATE");
            Map<String, String> identity = new HashMap<>(certificates.identity("client"));
            Path secrets = Files.writeString(
                    directory.resolve("secrets.properties"),
                    "store=%s%n".formatted(identity.get("ssl.keystore.password")));
            identity.put("ssl.keystore.password", "${file:%s:store}".formatted(secrets));
            identity.put("ssl.key.password", "${file:%s:store}".formatted(secrets));
            identity.put("security.protocol", "SSL");

            consume(log, conf, identity);

            log.requireWhole();
        }
    }

    private Configuration secured(AppLog log, String listener) {
        return log.with(
                StreamSettings.BOOTSTRAP_SERVERS.key(), kafka.bootstrap(listener),
                StreamSettings.KAFKA_PROPERTIES.key(),
                        directory.resolve("kafka.properties").toString());
    }

    private void consume(AppLog log, Configuration conf, Map<String, String> security) throws Exception {
        write(conf, security);
        log.send(200);
        assertThat(com.qcompany.stream.Main.run(conf, "consume", "--until-caught-up"))
                .isEqualTo(ExitCode.OK.code());
        log.awaitAllCommitted();
    }

    private static Map<String, String> password(String user, String secret) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "%s username=\"%s\" password=\"%s\";".formatted(SCRAM, user, secret));
    }

    private void write(Configuration conf, Map<String, String> security) throws Exception {
        Properties properties = new Properties();
        properties.putAll(certificates.trust());
        properties.setProperty("ssl.truststore.password", trustStorePassword());
        properties.putAll(security);
        try (Writer out = Files.newBufferedWriter(Path.of(conf.get(StreamSettings.KAFKA_PROPERTIES.key())))) {
            properties.store(out, null);
        }
    }

    /** The file of settings is open to all, so that not even the trust store's password may stand in it. */
    private String trustStorePassword() throws Exception {
        Path file = directory.resolve("trust.properties");
        Files.writeString(file, "trust=%s%n".formatted(certificates.trust().get("ssl.truststore.password")));
        return "${file:%s:trust}".formatted(file);
    }

    private String credentialStore(Configuration conf) throws Exception {
        String path = "jceks://file" + directory.resolve("secrets.jceks");
        Configuration own = new Configuration(conf);
        own.set("hadoop.security.credential.provider.path", path);
        CredentialProvider store = CredentialProviderFactory.getProviders(own).get(0);
        store.createCredentialEntry("kafka.password", SECRET.toCharArray());
        store.flush();
        return path;
    }

    private static String servers() throws Exception {
        return Files.readString(Path.of(System.getProperty("q.test.log")), StandardCharsets.UTF_8);
    }
}
