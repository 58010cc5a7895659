package com.qcompany.ops.daemons;

import com.qcompany.ops.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The passwords of PostgreSQL's users and of a key store, made once and kept in a file that only its owner reads.
 *
 * @param superuser of the user that makes the others
 * @param metastore of the Hive metastore
 * @param oozie of Oozie
 * @param keystore of the key store of a secured stack's servers
 */
record Passwords(String superuser, String metastore, String oozie, String keystore) {

    private static final int BYTES = 18;

    /** Those of a file, which is written when it is absent. */
    static Passwords in(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecureRandom random = new SecureRandom();
            new Passwords(random(random), random(random), random(random), random(random)).write(file);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Passwords(
                required(properties, "superuser", file),
                required(properties, "metastore", file),
                required(properties, "oozie", file),
                properties.getProperty("keystore", "")); // older stacks, none of which is secured, have none
    }

    private static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String required(Properties properties, String user, Path file) throws IOException {
        String password = properties.getProperty(user);
        if (password == null) {
            throw new IOException("Cannot find the password of %s in %s (expected %s=...)".formatted(user, file, user));
        }
        return password;
    }

    private void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("superuser", superuser);
        properties.setProperty("metastore", metastore);
        properties.setProperty("oozie", oozie);
        properties.setProperty("keystore", keystore);
        StringWriter text = new StringWriter();
        properties.store(text, "Passwords of PostgreSQL's users and of the key store");
        Path written = file.resolveSibling(file.getFileName() + ".new");
        WholeFile.write(written, text.toString(), WholeFile.OWNER_ONLY);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "Passwords[...]";
    }
}
