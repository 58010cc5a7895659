package com.qcompany.hive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentity;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;

/**
 * A directory on an SFTP server, {@code sftp://[USER@]HOST[:PORT]/DIRECTORY}, which must be there.
 *
 * <p>It connects as {@code ssh} does: with the private keys of {@code ~/.ssh}, and only to servers whose key is in
 * {@code ~/.ssh/known_hosts}. A file is read back and compared before it gets its name. Where
 * the server cannot replace a file by a rename, the older one is removed first.
 *
 * @param address the address
 * @param keys directory of keys and known hosts, {@code ~/.ssh}
 */
record SftpDirectory(URI address, Path keys) implements OutputDirectory {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String write(String name, byte[] content) throws IOException {
        String directory = address.getPath().replaceFirst("/*$", "/");
        String target = directory + name;
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            client.setServerKeyVerifier(
                    new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, keys.resolve("known_hosts")));
            client.setKeyIdentityProvider(
                    ClientIdentity.loadDefaultKeyPairProvider(keys, true, true, FilePasswordProvider.EMPTY));
            client.start();
            try (ClientSession session = connect(client);
                    SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                String hidden = directory + "." + name + ".tmp";
                try (var out = sftp.write(hidden, OpenMode.Create, OpenMode.Truncate, OpenMode.Write)) {
                    out.write(content);
                }
                try (InputStream in = sftp.read(hidden)) {
                    if (!Arrays.equals(in.readAllBytes(), content)) {
                        throw new IOException("it does not hold what was sent");
                    }
                }
                rename(sftp, hidden, target);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("Cannot deliver %s to %s: %s".formatted(name, address, e.getMessage()), e);
        }
        return address.resolve(target).toString();
    }

    private ClientSession connect(SshClient client) throws IOException {
        String user = address.getUserInfo() == null ? System.getProperty("user.name") : address.getUserInfo();
        int port = address.getPort() < 0 ? 22 : address.getPort();
        ClientSession session =
                client.connect(user, address.getHost(), port).verify(PATIENCE).getSession();
        session.auth().verify(PATIENCE);
        return session;
    }

    private static void rename(SftpClient sftp, String from, String to) throws IOException {
        OpenSSHPosixRenameExtension replacing = sftp.getExtension(OpenSSHPosixRenameExtension.class);
        if (replacing != null && replacing.isSupported()) {
            replacing.posixRename(from, to);
            return;
        }
        String name = to.substring(to.lastIndexOf('/') + 1);
        for (SftpClient.DirEntry entry : sftp.readDir(to.substring(0, to.length() - name.length()))) {
            if (entry.getFilename().equals(name)) {
                sftp.remove(to);
            }
        }
        sftp.rename(from, to);
    }
}
