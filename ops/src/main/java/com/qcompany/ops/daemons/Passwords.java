package com.qcompany.ops.daemons;

import com.qcompany.hive.DurableFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * The passwords of PostgreSQL's users and of a key store, made once and kept in a file that only its owner reads.
 *
 * @param superuser of the user that makes the others
 * @param metastore of the Hive metastore
 * @param keystore of the key store of a secured stack's servers
 */
record Passwords(String superuser, String metastore, String oozie, String keystore) {

    private static final int BITS = 144;

    /** Those of a file, which is written when it is absent. */
    static Passwords in(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecureRandom random = new SecureRandom();
            String lines = Stream.of("superuser", "metastore", "oozie", "keystore")
                    .map("%s=%%036x%n"::formatted)
                    .map(line -> line.formatted(new BigInteger(BITS, random)))
                    .collect(Collectors.joining());
            DurableFile.write(file, lines, DurableFile.OWNER_ONLY);
        }
        Properties properties = Utils.loadProps(file.toString());
        return new Passwords(
                required(properties, "superuser", file),
                required(properties, "metastore", file),
                required(properties, "oozie", file),
                properties.getProperty("keystore", "")); // older stacks, none of which is secured, have none
    }

    private static String required(Properties properties, String user, Path file) throws IOException {
        String password = properties.getProperty(user);
        if (password == null) {
            throw new IOException("Cannot find the password of %s in %s (expected %s=...)".formatted(user, file, user));
        }
        return password;
    }

    @Override
    public String toString() {
        return "Passwords[...]";
    }
}
