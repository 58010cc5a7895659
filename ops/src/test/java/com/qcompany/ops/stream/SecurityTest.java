package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.Certificates;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.SecuredKafka;
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
    /** A variable that every environment has: its value is the password of a user. */
    private static final String VARIABLE = "PATH";

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    private Certificates certificates;
    private SecuredKafka secured;

    SecurityTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void start() throws Exception {
        Configurator.setLevel("org.apache.kafka", Level.INFO); // clients tell their configuration
        certificates = new Certificates(directory.resolve("certificates"));
        secured = SecuredKafka.start(
                directory.resolve("kafka"), certificates, Map.of("q", SECRET, "environment", System.getenv(VARIABLE)));
    }

    @AfterEach
    void stop() {
        secured.kafka().close();
        Configurator.setLevel("org.apache.kafka", Level.WARN);
    }

    @Test
    void consumesWithSecretsFromAStoreAFileAndTheEnvironmentAndKeepsThem() throws Exception {
        try (AppLog log = new AppLog(stack, secured.kafka().bootstrap(), 2)) {
            Configuration conf = clientOf(secured.password(), log);
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
        try (AppLog log = new AppLog(stack, secured.kafka().bootstrap(), 1)) {
            Configuration conf = clientOf(secured.password(), log);
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
        try (AppLog log = new AppLog(stack, secured.kafka().bootstrap(), 1)) {
            Configuration conf = clientOf(secured.certificate(), log);
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

    private Configuration clientOf(String bootstrap, AppLog log) {
        return log.with(
                StreamSettings.BOOTSTRAP_SERVERS.key(),
                bootstrap,
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
                "%s username=\"%s\" password=\"%s\";".formatted(SecuredKafka.SCRAM, user, secret));
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
