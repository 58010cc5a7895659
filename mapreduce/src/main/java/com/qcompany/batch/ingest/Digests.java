package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** SHA-256 digests, in hexadecimal. */
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute SHA-256 (every Java platform has it)", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String ofText(String text) {
        MessageDigest digest = sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /** Digest of a group's content: of its files' feeds and digests, whatever the files are called. */
    static String ofContent(List<FileRecord> files) {
        return ofText(files.stream()
                .map(file -> file.feed() + " " + file.sha256())
                .sorted()
                .collect(Collectors.joining("\n")));
    }
}
