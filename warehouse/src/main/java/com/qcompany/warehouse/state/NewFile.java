package com.qcompany.warehouse.state;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;

/**
 * Writes files that are on the disks of their DataNodes once they are written.
 *
 * <p>A stream of HDFS that has failed throws the same exception again when it is closed, which try-with-resources cannot
 * take: an exception that is to suppress itself hides both behind an IllegalArgumentException.
 */
public final class NewFile {

    private NewFile() {}

    /**
     * Makes a file and writes all of it. One that could not be written to its end is left as it is.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it exists
     */
    public static void write(FileSystem fs, Path file, ConsumerRaisingIOE<FSDataOutputStream> content)
            throws IOException {
        FSDataOutputStream out = fs.create(file, false);
        try {
            content.accept(out);
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
            out.close();
        } catch (IOException | RuntimeException e) {
            IOUtils.closeStream(out);
            throw e;
        }
    }
}
