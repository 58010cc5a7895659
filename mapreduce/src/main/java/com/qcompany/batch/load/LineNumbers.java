package com.qcompany.batch.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Line numbers in files that were read in parts. Reads a file up to a part once, when a line of the part is asked for. */
final class LineNumbers {
    private final Configuration conf;
    private final Map<String, Long> linesBefore = new HashMap<>();

    LineNumbers(Configuration conf) {
        this.conf = conf;
    }

    /** The number in the file of a line that has a number in a split, both from 1. */
    long inFile(Path file, long splitStart, long splitLine) throws IOException {
        if (splitStart == 0) {
            return splitLine;
        }
        String split = file + "@" + splitStart;
        Long known = linesBefore.get(split);
        if (known == null) {
            known = lineFeeds(file, splitStart);
            linesBefore.put(split, known);
        }
        return known + splitLine;
    }

    private long lineFeeds(Path file, long bytes) throws IOException {
        long found = 0;
        long left = bytes;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = file.getFileSystem(conf).open(file)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException(
                            "Cannot count lines of %s up to byte %d: it ends before".formatted(file, bytes));
                }
                for (int i = 0; i < read; i++) {
                    found += buffer[i] == '\n' ? 1 : 0;
                }
                left -= read;
            }
        }
        return found;
    }
}
