package com.qcompany.warehouse.state;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Puts a copy without a customer in the place of a file of the app log, under the lease of compaction.
 *
 * <p>A query must never read a file and the one that replaces it, or neither, or a split of each. So the new one has
 * another name, and while it takes the old one's place, a file that is no Parquet lies beside them and says which the two
 * are: a query that lists the directory then fails. One that listed it before reads the old file, or fails as that is gone.
 */
public record ErasedFile(FileSystem fs, Layout layout) {
    private static final String MARKER = "being-erased-query-again";

    /** Names of a file and of the one that takes its place. */
    private record Swap(String file, String erased) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Note(String place) {}

    /** Replaces a file, of which an erasure has a note; killed anywhere, {@link #complete} goes on. */
    public void replace(Path file, Path copy, String run) throws IOException {
        Path marker = new Path(file.getParent(), MARKER);
        Path erased = Layout.erased(file, run);
        ImmutableFiles.write(fs, marker, new Swap(file.getName(), erased.getName()));
        if (!fs.rename(copy, erased)) {
            throw new IOException("Cannot rename %s to %s".formatted(copy, erased));
        }
        complete(marker);
    }

    /** Completes what a killed erasure began, or takes it back where the new file is not there: queries go on. */
    public void complete() throws IOException {
        Set<Path> directories = new TreeSet<>();
        for (FileStatus erasure : Listing.of(fs, ErasedCustomers.begun(layout))) {
            for (Path note : ImmutableFiles.list(fs, erasure.getPath())) {
                directories.add(
                        new Path(ImmutableFiles.read(fs, note, Note.class).place()).getParent());
            }
        }
        for (Path directory : directories) {
            complete(new Path(directory, MARKER));
        }
    }

    private void complete(Path marker) throws IOException {
        Optional<Swap> swap = ImmutableFiles.find(fs, marker, Swap.class);
        if (swap.isPresent()) {
            Path erased = new Path(marker.getParent(), swap.get().erased());
            if (fs.exists(erased)) {
                fs.delete(new Path(marker.getParent(), swap.get().file()), false);
                tell(erased);
            }
            fs.delete(marker, false);
        }
    }

    /** The summary of what a closing published tells its file and size, by which an audit finds files that were cut. */
    private void tell(Path file) throws IOException {
        String date = file.getParent().getParent().getName().replaceFirst("^event_date=", "");
        Path summary = new Path(
                layout.closedHours(), date + "/" + Layout.publishedAs(file).replace(".parquet", ".json"));
        Optional<ObjectNode> told = ImmutableFiles.find(fs, summary, ObjectNode.class);
        if (told.isPresent()) {
            String target = told.get().path("target").asText();
            told.get().put("target", new Path(target).getParent() + Path.SEPARATOR + file.getName());
            told.get().put("bytes", fs.getFileStatus(file).getLen());
            Path changed = new Path(summary.getParent(), "." + UUID.randomUUID());
            ImmutableFiles.write(fs, changed, told.get());
            Rename.over(fs, changed, summary);
        }
    }
}
