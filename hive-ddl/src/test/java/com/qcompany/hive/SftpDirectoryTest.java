package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OperatorException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpDirectoryTest {

    private static final byte[] CONTENT = "name\r\nZoë\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path keys;

    @TempDir
    Path partner;

    private final KeyPair hostKey = newKey();
    private final KeyPair clientKey = newKey();
    private SshServer server;

    @BeforeEach
    void startServerThatKnowsTheKey() throws Exception {
        server = SshServer.setUpDefaultServer();
        server.setHost("localhost");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("q") && KeyUtils.compareKeys(key, clientKey.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(partner));
        server.start();
        Files.createDirectory(partner.resolve("in"));
        Path identity = Files.createFile(
                keys.resolve("id_ecdsa"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(identity)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(clientKey, "q", null, out);
        }
        trust(hostKey);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
    }

    @Test
    void deliversAFileWholeAndReplacesTheOneBefore() throws Exception {
        Files.writeString(partner.resolve("in/.sales.csv.tmp"), "longer than the whole file ".repeat(20));

        for (byte[] content : List.of("before".getBytes(StandardCharsets.UTF_8), CONTENT)) {
            assertThat(directory("in").write("sales.csv", content)).isEqualTo(address("in") + "/sales.csv");
            assertThat(partner.resolve("in/sales.csv")).hasBinaryContent(content);
            assertThat(directory("in").read("sales.csv")).hasValue(content);
        }
        assertThat(directory("in").read("other.csv")).isEmpty();
        try (var files = Files.list(partner.resolve("in"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void deliversToADirectoryWithABlank() throws Exception {
        Files.createDirectory(partner.resolve("in box"));

        assertThat(directory("in%20box").write("sales.csv", CONTENT)).isEqualTo(address("in%20box") + "/sales.csv");

        assertThat(partner.resolve("in box/sales.csv")).hasBinaryContent(CONTENT);
        assertThat(directory("in%20box").read("sales.csv")).hasValue(CONTENT);
    }

    @Test
    void replacesAFileOnAServerThatCannotRenameOverOne() throws Exception {
        SftpModuleProperties.OPENSSH_EXTENSIONS.set(server, "fsync@openssh.com=1");

        directory("in").write("sales.csv", "before".getBytes(StandardCharsets.UTF_8));
        directory("in").write("sales.csv", CONTENT);

        assertThat(partner.resolve("in/sales.csv")).hasBinaryContent(CONTENT);
    }

    @Test
    void refusesAServerWhoseKeyIsNotKnown() throws Exception {
        trust(newKey());

        assertThatThrownBy(() -> directory("in").write("sales.csv", CONTENT))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot deliver sales.csv to sftp://q@localhost:");
        assertThat(partner.resolve("in")).isEmptyDirectory();
    }

    @Test
    void saysWhenTheServerRefusesTheUserOrHasNoSuchDirectory() throws Exception {
        URI other = URI.create(address("in").replace("q@", "other@"));
        assertThatThrownBy(() -> new SftpDirectory(other, keys).write("sales.csv", CONTENT))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("Cannot deliver sales.csv to sftp://other@localhost:")
                .hasMessageContaining("(expected a private key in %s, which only its owner", keys);
        assertThatThrownBy(() -> directory("out").write("sales.csv", CONTENT)).hasMessageContaining("No such file");
    }

    private SftpDirectory directory(String name) {
        return new SftpDirectory(URI.create(address(name)), keys);
    }

    private String address(String directory) {
        return "sftp://q@localhost:%d/%s".formatted(server.getPort(), directory);
    }

    private void trust(KeyPair key) throws IOException {
        Files.writeString(
                keys.resolve("known_hosts"),
                "[localhost]:%d %s%n".formatted(server.getPort(), PublicKeyEntry.toString(key.getPublic())));
    }

    private static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
