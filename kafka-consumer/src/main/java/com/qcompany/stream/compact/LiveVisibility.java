package com.qcompany.stream.compact;

import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** Whether files of a directory can be made one by one HDFS concat, without which visible files cannot be compacted. */
public final class LiveVisibility {

    private LiveVisibility() {}

    /**
     * Stops where the live mode cannot compact, to be called before anything is published.
     *
     * @param directory root of the visible files; need not exist
     * @throws IllegalArgumentException saying what to use instead
     */
    public static void check(FileSystem fs, Path directory) throws IOException {
        if (!isPossible(fs, directory)) {
            throw new IllegalArgumentException(
                    "Cannot use %s=live in %s: its files cannot be joined (expected HDFS and no encryption zone; set %s to on-close)"
                            .formatted(
                                    StreamSettings.VISIBILITY.key(),
                                    fs.makeQualified(directory),
                                    StreamSettings.VISIBILITY.key()));
        }
    }

    /** Whether the file system joins files there. */
    static boolean isPossible(FileSystem fs, Path directory) throws IOException {
        Path existing = directory;
        while (!fs.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return fs.hasPathCapability(existing, CommonPathCapabilities.FS_CONCAT) && !isEncrypted(fs, existing);
    }

    private static boolean isEncrypted(FileSystem fs, Path directory) throws IOException {
        Path resolved = fs.resolvePath(directory);
        return resolved.getFileSystem(fs.getConf()) instanceof DistributedFileSystem hdfs
                && hdfs.getEZForPath(resolved) != null;
    }
}
