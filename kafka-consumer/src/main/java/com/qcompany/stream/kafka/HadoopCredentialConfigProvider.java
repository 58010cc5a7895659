package com.qcompany.stream.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/** Gives Kafka clients secrets of a Hadoop credential store: {@code ${hadoop:ALIAS}}. */
public final class HadoopCredentialConfigProvider implements ConfigProvider {

    private static final String PROVIDER_PATH = "hadoop.security.credential.provider.path";

    /** Hadoop's keys that it needs: where the store is, and the file of its password. */
    static final List<String> SETTINGS =
            List.of(PROVIDER_PATH, "hadoop.security.credstore.java-keystore-provider.password-file");

    private final Configuration conf = new Configuration(false);

    @Override
    public void configure(Map<String, ?> parameters) {
        for (String key : SETTINGS) {
            Object value = parameters.get(key);
            if (value != null) {
                conf.set(key, value.toString());
            }
        }
    }

    @Override
    public ConfigData get(String path) {
        throw new ConfigException("Cannot list the aliases of a credential store (expected ${hadoop:ALIAS})");
    }

    /** The secrets of some aliases; the path is not used. */
    @Override
    public ConfigData get(String path, Set<String> aliases) {
        return new ConfigData(aliases.stream().collect(Collectors.toMap(alias -> alias, this::secret)));
    }

    private String secret(String alias) {
        try {
            char[] secret = conf.getPassword(alias);
            if (secret == null) {
                throw new ConfigException(
                        "Cannot find alias %s in credential store %s".formatted(alias, conf.get(PROVIDER_PATH)));
            }
            return new String(secret);
        } catch (IOException e) {
            throw new ConfigException(
                    "Cannot read credential store %s: %s".formatted(conf.get(PROVIDER_PATH), e.getMessage()));
        }
    }

    @Override
    public void close() {}
}
