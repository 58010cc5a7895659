package com.qcompany.warehouse.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** The one way in which anything becomes visible; another process may have done it already. */
public final class Rename {

    private Rename() {}

    /** Whether the rename was done now; a missing source is a refusal on every file system, not an error on some. */
    public static boolean attempt(FileSystem fs, Path source, Path target) throws IOException {
        try {
            return fs.rename(source, target);
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** Puts a file in the place of another one, which readers see until then. */
    public static void over(FileSystem fs, Path source, Path target) throws IOException {
        Path named = fs.makeQualified(target); // it takes no path without a host, such as hdfs:///q
        FileContext.getFileContext(named.toUri(), fs.getConf())
                .rename(fs.makeQualified(source), named, Options.Rename.OVERWRITE);
    }
}
