package com.qcompany.stream;

import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifests in {@code stream/manifests/}: of sealed epochs, committed or about to be, that are not wholly published.
 *
 * @param layout where they lie
 */
public record PendingManifests(FileSystem fs, StreamLayout layout) {

    /** Their epochs, in the order of their ids. */
    public List<String> epochs() throws IOException {
        return ImmutableFiles.list(fs, layout.manifests()).stream()
                .map(Path::getName)
                .filter(name -> name.endsWith(StreamLayout.MANIFEST))
                .map(name -> name.substring(0, name.length() - StreamLayout.MANIFEST.length()))
                .toList();
    }

    /** The manifest of an epoch, if it is one of them. */
    public Optional<Manifest> find(String epoch) throws IOException {
        return ImmutableFiles.find(fs, layout.manifest(epoch), Manifest.class);
    }
}
