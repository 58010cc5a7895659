package com.qcompany.stream.kafka;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.Secrets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * What every Kafka client of the stream is configured with: the brokers, and the properties file that
 * {@code q.stream.kafka-properties} names, such as
 *
 * <pre>
 * security.protocol=SASL_SSL
 * sasl.mechanism=SCRAM-SHA-512
 * sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="q" password="${hadoop:kafka.q}";
 * ssl.truststore.location=/etc/q/truststore.p12
 * ssl.truststore.password=${file:/etc/q/secrets.properties:truststore}
 * </pre>
 *
 * <p>Values are resolved by Kafka's own config providers, of which {@code file}, {@code env}, {@code dir} and
 * {@code hadoop} (aliases of a Hadoop credential store) are declared unless the file declares others.
 */
public final class KafkaClients {

    private static final List<String> SECRET_KEYS = List.of("password", "passphrase", "secret", "ssl.keystore.key");

    private KafkaClients() {}

    /**
     * The properties common to consumers, producers and admin clients; a new object each time.
     *
     * @throws UsageException when no brokers are named, the file cannot be read, or one that others may read or change
     *     holds a secret itself
     */
    public static Properties common(Configuration conf) {
        Properties properties = new Properties();
        properties.setProperty("config.providers", "file,env,dir,hadoop");
        properties.setProperty("config.providers.file.class", FileConfigProvider.class.getName());
        properties.setProperty("config.providers.env.class", EnvVarConfigProvider.class.getName());
        properties.setProperty("config.providers.dir.class", DirectoryConfigProvider.class.getName());
        properties.setProperty("config.providers.hadoop.class", HadoopCredentialConfigProvider.class.getName());
        for (String key : HadoopCredentialConfigProvider.SETTINGS) {
            Optional.ofNullable(conf.get(key))
                    .ifPresent(value -> properties.setProperty("config.providers.hadoop.param." + key, value));
        }
        StreamSettings.KAFKA_PROPERTIES.find(conf).ifPresent(file -> properties.putAll(read(Path.of(file))));
        StreamSettings.BOOTSTRAP_SERVERS
                .find(conf)
                .ifPresent(brokers -> properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers));
        if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new UsageException("Cannot reach Kafka: %s is not set (expected host:port,…)"
                    .formatted(StreamSettings.BOOTSTRAP_SERVERS.key()));
        }
        return properties;
    }

    /**
     * A client that asks the brokers.
     *
     * @throws OperatorException where it cannot be made of the properties, be it that a broker's name is not known yet
     */
    public static Admin admin(Configuration conf) throws OperatorException {
        try {
            return Admin.create(common(conf));
        } catch (KafkaException e) {
            throw new OperatorException(
                    "the properties of Kafka do not fit: %s (see %s and %s)"
                            .formatted(
                                    ExceptionUtils.getRootCauseMessage(e),
                                    StreamSettings.BOOTSTRAP_SERVERS.key(),
                                    StreamSettings.KAFKA_PROPERTIES.key()),
                    e);
        }
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            load(properties, reader);
            if (properties.stringPropertyNames().stream().anyMatch(key -> isSecret(key, properties.getProperty(key)))) {
                Secrets.requirePrivate(file);
            }
        } catch (IOException e) {
            throw new UsageException(
                    "Cannot read Kafka properties %s: %s (%s names them)"
                            .formatted(file, e, StreamSettings.KAFKA_PROPERTIES.key()),
                    e);
        }
        return properties;
    }

    private static void load(Properties properties, Reader reader) throws IOException {
        try {
            properties.load(reader);
        } catch (IllegalArgumentException e) { // a broken escape
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isSecret(String key, String value) {
        return key.endsWith("jaas.config")
                ? Secrets.assignsPlain(value)
                : SECRET_KEYS.stream().anyMatch(key::contains) && Secrets.isPlain(value);
    }
}
