package com.qcompany.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A rename that another process may have done already. */
public final class Rename {

    private Rename() {}

    /** Whether it was done now; a missing source is a refusal on every file system, not an error on some. */
    public static boolean attempt(FileSystem fs, Path source, Path target) throws IOException {
        try {
            return fs.rename(source, target);
        } catch (FileNotFoundException e) {
            return false;
        }
    }
}
