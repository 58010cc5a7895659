package com.qcompany.batch.publish;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The one way in which anything becomes visible. */
final class Rename {

    private Rename() {}

    /** Whether the rename was done; a missing source is a refusal on every file system, not an error on some. */
    static boolean attempt(FileSystem fs, Path source, Path target) throws IOException {
        try {
            return fs.rename(source, target);
        } catch (FileNotFoundException e) {
            return false;
        }
    }
}
