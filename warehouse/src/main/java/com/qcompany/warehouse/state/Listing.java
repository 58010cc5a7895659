package com.qcompany.warehouse.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists directories that nobody may have made yet, or that another process removes. */
public final class Listing {

    private Listing() {}

    /** What a directory holds, hidden files too, ordered by path; nothing where there is no such directory. */
    public static List<FileStatus> of(FileSystem fs, Path directory) throws IOException {
        try {
            return Arrays.stream(fs.listStatus(directory)).sorted().toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }
}
