package com.qcompany.stream.compact;

import com.qcompany.warehouse.state.NewFile;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Joins visible files into the first of them by one HDFS concat, whose last part is a footer for the row groups of all.
 *
 * <p>No reader is wrong silently: one that reads the first file by the length it listed finds that file's row groups
 * only, and one that listed the others does not find them. No data is moved; the footers of the parts stay as dead
 * bytes.
 */
final class FileJoin {

    private final FileSystem fs;
    private final Configuration conf;

    FileJoin(FileSystem fs, Configuration conf) {
        this.fs = fs;
        this.conf = conf;
    }

    /** Where the footer of a closing lies until it is joined: hidden from Hive, beside the target as concat demands. */
    static Path footerBeside(Path target, String id) {
        return new Path(target.getParent(), "." + id + ".footer");
    }

    /**
     * The order in which files are joined: the one with the largest block size first, as HDFS demands, then by name.
     */
    static List<FileStatus> order(List<FileStatus> files) {
        return files.stream()
                .sorted(Comparator.comparingLong(FileStatus::getBlockSize)
                        .reversed()
                        .thenComparing(file -> file.getPath().getName()))
                .toList();
    }

    /**
     * Writes the footer of files joined in that order, and verifies that with it they are a readable file.
     *
     * @return rows of all files
     * @throws IOException if their schemas differ, or a page is not where the footer says
     */
    long writeFooter(List<FileStatus> files, Path footer) throws IOException {
        MergedFooter merged = new MergedFooter();
        for (FileStatus file : files) {
            merged.add(HadoopInputFile.fromStatus(file, conf));
        }
        NewFile.write(fs, footer, merged::writeTo);
        List<FileStatus> parts = Stream.concat(files.stream(), Stream.of(fs.getFileStatus(footer)))
                .toList();
        requireReadable(new JoinedFile(fs, parts), merged.rows());
        return merged.rows();
    }

    /** Joins files and a footer beside them into the first one: all or nothing. */
    void join(List<Path> files, Path footer) throws IOException {
        Path[] sources =
                Stream.concat(files.stream().skip(1), Stream.of(footer)).toArray(Path[]::new);
        fs.concat(files.get(0), sources);
    }

    /** Reads the footer of the joined file again. */
    void verify(Path file, long rows) throws IOException {
        requireReadable(HadoopInputFile.fromPath(file, conf), rows);
    }

    private static void requireReadable(InputFile file, long rows) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(file);
                SeekableInputStream in = file.newStream()) {
            if (reader.getRecordCount() != rows) {
                throw new IOException("Cannot join files into %s: its footer has %d rows (expected %d)"
                        .formatted(file, reader.getRecordCount(), rows));
            }
            for (BlockMetaData rowGroup : reader.getRowGroups()) {
                in.seek(rowGroup.getColumns().get(0).getStartingPos());
                if (Util.readPageHeader(in).getUncompressed_page_size() < 0) {
                    throw new IOException("Cannot join files into %s: no page at %d"
                            .formatted(file, rowGroup.getColumns().get(0).getStartingPos()));
                }
            }
        }
    }
}
