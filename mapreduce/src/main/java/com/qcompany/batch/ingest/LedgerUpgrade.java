package com.qcompany.batch.ingest;

import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.input.BOMInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the records of the release before, which know no content digests, the form of this one; once, before anything
 * is ingested. It reads their files in the raw zone.
 *
 * <p>Records are never changed: the new form is written beside the old one and read in its place. The last record is the
 * last to be upgraded, so a run that finds it old goes on where another was killed.
 */
record LedgerUpgrade(FileSystem fs, Ledger ledger) {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerUpgrade.class);

    static boolean isOld(GroupRecord record) {
        return record.files().stream().anyMatch(file -> file.contentDigest() == null);
    }

    /** Upgrades what is left to be, and says so in a sentence. */
    Optional<String> run() throws IOException {
        long upgraded = 0;
        long last = ledger.lastSequence();
        boolean old = last > 0 && isOld(ledger.read(last));
        for (long sequence = 1; old && sequence <= last; sequence++) {
            GroupRecord record = ledger.read(sequence);
            if (isOld(record)) {
                GroupRecord anew = record.withFiles(files(record));
                ledger.upgrade(anew);
                upgraded++;
            }
        }
        return old ? Optional.of("Upgraded %d old ledger records".formatted(upgraded)) : Optional.empty();
    }

    /** A duplicate has no files of its own in the raw zone; those of its original have the same bytes. */
    private List<FileRecord> files(GroupRecord record) throws IOException {
        GroupRecord copied = record.duplicateOf() == null ? record : ledger.read(record.duplicateOf());
        List<FileRecord> files = new ArrayList<>();
        for (FileRecord file : record.files()) {
            String rawName = copied.files().stream()
                    .filter(other -> other.sha256().equals(file.sha256()))
                    .findFirst()
                    .orElse(file)
                    .rawName();
            FileRecord read = read(file, new Path(ledger.rawDirectory(copied), rawName));
            files.add(record.duplicateOf() == null ? ledger.compared(read, record.name()) : read);
        }
        return files;
    }

    private FileRecord read(FileRecord file, Path path) throws IOException {
        LineDigest lines = new LineDigest();
        try (MeasuredStream in = new MeasuredStream(fs.open(path), path.toString())) {
            IOUtils.copyBytes(new BOMInputStream(new BufferedInputStream(in)), lines, 1 << 16);
            if (!in.sha256().equals(file.sha256())) {
                throw new IOException(
                        "Cannot upgrade the ledger record of %s: it changed since it was ingested (expected SHA-256 %s)"
                                .formatted(path, file.sha256()));
            }
        } catch (FileNotFoundException e) {
            LOG.warn("{} is gone: its content will not be known if it is delivered again", path);
            return file.knowing(file.sha256(), true, file.duplicateOf());
        }
        boolean lineEnd = lines.endsWithLineEnd();
        return file.knowing(lines.sha256(), lineEnd, file.duplicateOf());
    }
}
