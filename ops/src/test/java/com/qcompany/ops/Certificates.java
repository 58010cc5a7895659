package com.qcompany.ops;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for the length of a test, and Kafka's settings for those who trust it and whom it knows. */
public final class Certificates {

    private static final String PASSWORD = "password of a test";
    private static final X500Principal AUTHORITY = new X500Principal("CN=authority");

    private final Path directory;
    private final KeyPair keys = newKeys();
    private final X509Certificate root;

    /** @param directory where the key stores are written; they live a day */
    public Certificates(Path directory) throws IOException, GeneralSecurityException, OperatorCreationException {
        this.directory = Files.createDirectories(directory);
        X509v3CertificateBuilder certificate = certificate(AUTHORITY, keys);
        certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        this.root = sign(certificate);
    }

    /** Settings of one who trusts what the authority signed. */
    public Map<String, String> trust() throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setCertificateEntry("authority", root);
        return Map.of(
                "ssl.truststore.location",
                write(store, "trust").toString(),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    /** Settings of one whom the authority knows by a name; a server is one at 127.0.0.1. */
    public Map<String, String> identity(String name)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair own = newKeys();
        X509v3CertificateBuilder certificate = certificate(new X500Principal("CN=" + name), own);
        GeneralName address = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
        certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address));
        PrivateKey key = own.getPrivate();
        KeyStore store = emptyStore();
        store.setKeyEntry(name, key, PASSWORD.toCharArray(), new Certificate[] {sign(certificate), root});
        return Map.of(
                "ssl.keystore.location",
                write(store, name).toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.key.password",
                PASSWORD,
                "ssl.keystore.type",
                "PKCS12");
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder certificate(X500Principal subject, KeyPair own) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                own.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder certificate)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path write(KeyStore store, String name) throws IOException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
