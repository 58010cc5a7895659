package com.qcompany.stream.compact;

import com.qcompany.stream.StreamLayout;
import org.apache.hadoop.fs.Path;

/**
 * Paths as journals have them, below {@code q.root}, so that the root may move.
 *
 * @param root {@code q.root}
 */
record StreamPaths(Path root) {

    static StreamPaths of(StreamLayout layout) {
        return new StreamPaths(layout.warehouse().root());
    }

    /** The part of a path below the root, whatever scheme and authority it is written with. */
    String below(Path path) {
        String prefix = root.toUri().getPath() + Path.SEPARATOR;
        String text = path.toUri().getPath();
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    "Cannot keep %s in a journal (expected a path below %s)".formatted(path, root));
        }
        return text.substring(prefix.length());
    }

    Path resolve(String relative) {
        return new Path(root, relative);
    }
}
