package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Whose stream a root holds, as {@code stream/owner.json} has it from the first start on.
 *
 * @param id id that the group's positions name, so that a group which two roots use is noticed
 * @param group the consumer group; another one's epochs would be taken for left over, and its events come twice
 */
record StreamOwner(String id, String group) {

    /**
     * The owner of a root, which becomes the group's where it has none.
     *
     * @throws UsageException where it is another group's
     */
    static StreamOwner claim(StreamFiles files) throws IOException {
        String group = StreamSettings.GROUP.get(files.conf());
        Path file = files.path("owner.json");
        Optional<StreamOwner> known = ImmutableFiles.find(files.fs(), file, StreamOwner.class);
        if (known.isEmpty()) {
            StreamOwner owner = new StreamOwner(UUID.randomUUID().toString(), group);
            try {
                ImmutableFiles.write(files.fs(), file, owner);
                return owner;
            } catch (FileAlreadyExistsException e) { // another process was faster
                return claim(files);
            }
        }
        if (!known.get().group.equals(group)) {
            throw new UsageException(
                    "Cannot use root %s for group %s: it holds the stream of group %s (each group needs a q.root of its own)"
                            .formatted(files.warehouse().root(), group, known.get().group));
        }
        return known.get();
    }
}
