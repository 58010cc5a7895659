package com.qcompany.hive;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.util.functional.FunctionRaisingIOE;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentity;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * A directory on an SFTP server, {@code sftp://[USER@]HOST[:PORT]/DIRECTORY}, which must be there.
 *
 * <p>It connects as {@code ssh} does: with the private keys of {@code ~/.ssh}, and only to servers whose key is in
 * {@code ~/.ssh/known_hosts}. A file is read back and compared before it gets its name. Where
 * the server cannot replace a file by a rename, the older one is removed first.
 *
 * @param keys directory of keys and known hosts, {@code ~/.ssh}
 */
record SftpDirectory(URI address, Path keys) implements OutputDirectory {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * The directory of an address, by the keys of this process's user.
     *
     * @throws UsageException if it is none, or has a password, which is not repeated
     */
    static SftpDirectory of(String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null
                    && !String.valueOf(address.getUserInfo()).contains(":")) {
                return new SftpDirectory(address, Path.of(System.getProperty("user.home"), ".ssh"));
            }
        } catch (URISyntaxException e) {
            // Refused below: its message has the text.
        }
        throw new UsageException(
                "Cannot use this address (expected sftp://USER@HOST:PORT/DIR, with %20 for a blank and a"
                        + " key in ~/.ssh in place of a password)");
    }

    @Override
    public String write(String name, byte[] content) throws IOException {
        String target = directory() + name;
        String hidden = directory() + "." + name + ".tmp";
        Optional<byte[]> unused = connected("deliver %s to".formatted(name), sftp -> {
            try (var out = sftp.write(hidden, OpenMode.Create, OpenMode.Truncate, OpenMode.Write)) {
                out.write(content);
            }
            try (InputStream in = sftp.read(hidden)) {
                if (!Arrays.equals(in.readAllBytes(), content)) {
                    throw new IOException("it does not hold what was sent");
                }
            }
            rename(sftp, hidden, target);
            return Optional.empty();
        });
        return place(name);
    }

    @Override
    public String place(String name) {
        return address.toString().replaceFirst("/*$", "/") + name;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return connected("read %s from".formatted(name), sftp -> {
            if (!has(sftp, directory() + name)) {
                return Optional.empty();
            }
            try (InputStream in = sftp.read(directory() + name)) {
                return Optional.of(in.readAllBytes());
            }
        });
    }

    private String directory() {
        return address.getPath().replaceFirst("/*$", "/");
    }

    private Optional<byte[]> connected(String what, FunctionRaisingIOE<SftpClient, Optional<byte[]>> action)
            throws IOException {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            client.setServerKeyVerifier(
                    new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, keys.resolve("known_hosts")));
            client.setKeyIdentityProvider(
                    ClientIdentity.loadDefaultKeyPairProvider(keys, true, true, FilePasswordProvider.EMPTY));
            client.start();
            try (ClientSession session = connect(client);
                    SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                return action.apply(sftp);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new OperatorException("Cannot %s %s: %s".formatted(what, address, e.getMessage()), e);
        }
    }

    private ClientSession connect(SshClient client) throws IOException {
        String user = address.getUserInfo() == null ? System.getProperty("user.name") : address.getUserInfo();
        int port = address.getPort() < 0 ? 22 : address.getPort();
        ClientSession session =
                client.connect(user, address.getHost(), port).verify(PATIENCE).getSession();
        try {
            session.auth().verify(PATIENCE);
        } catch (SshException e) {
            throw new IOException(
                    "%s (expected a private key in %s, which only its owner may look into, and the server's in known_hosts)"
                            .formatted(e.getMessage(), keys),
                    e);
        }
        return session;
    }

    private static void rename(SftpClient sftp, String from, String to) throws IOException {
        OpenSSHPosixRenameExtension replacing = sftp.getExtension(OpenSSHPosixRenameExtension.class);
        if (replacing != null && replacing.isSupported()) {
            replacing.posixRename(from, to);
            return;
        }
        if (has(sftp, to)) {
            sftp.remove(to);
        }
        sftp.rename(from, to);
    }

    private static boolean has(SftpClient sftp, String path) throws IOException {
        try {
            sftp.lstat(path);
            return true;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }
}
