package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.validate.JobProperties;
import com.qcompany.ops.schedule.validate.XmlElement;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.NewFile;
import com.qcompany.warehouse.state.Rename;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The versions on the cluster, never changed once they are there; the time of their directories says which was deployed last.
 *
 * <pre>
 * QAPPS/VERSION/bundle.xml, DATASET/FREQUENCY/..., common/...    the applications
 * QAPPS/VERSION/lib/                                             job jars
 * QAPPS/VERSION/job.properties                                   for {@code oozie job -config}
 * QAPPS/.VERSION.ID/                                             what is being uploaded, or what a crash left
 * </pre>
 */
public final class ReleaseStore {

    private static final String PROPERTIES = "job.properties";

    private final FileSystem fs;
    private final Path versions;

    /** The versions of a site. */
    public ReleaseStore(Site site) throws IOException {
        this.versions = new Path(site.properties().resolve("${nameNode}${qApps}"));
        this.fs = versions.getFileSystem(site.conf());
    }

    boolean has(String version) throws IOException {
        return fs.exists(new Path(directory(version), PROPERTIES));
    }

    Path directory(String version) {
        return new Path(versions, version);
    }

    /**
     * Uploads a version under a hidden name and renames it; of two at once one wins, with the same content. Its owner and
     * group may run it.
     */
    void put(Release release) throws IOException {
        Path incoming = new Path(versions, "." + release.version() + "." + UUID.randomUUID());
        FileSystem.mkdirs(fs, incoming, FsPermission.createImmutable((short) 0750));
        for (Map.Entry<String, byte[]> file : release.applications().contents().entrySet()) {
            NewFile.write(fs, new Path(incoming, file.getKey()), out -> out.write(file.getValue()));
        }
        Path library = new Path(incoming, "lib");
        fs.mkdirs(library);
        for (java.nio.file.Path jar : release.jars()) {
            fs.copyFromLocalFile(new Path(jar.toUri()), library);
        }
        byte[] properties = release.jobProperties().getBytes(StandardCharsets.UTF_8);
        NewFile.write(fs, new Path(incoming, PROPERTIES), out -> out.write(properties));
        if (!has(release.version()) && Rename.attempt(fs, incoming, directory(release.version()))) {
            return;
        }
        fs.delete(incoming, true);
        if (!has(release.version())) {
            throw new IOException("Cannot rename %s to %s (expected no such directory)"
                    .formatted(incoming, directory(release.version())));
        }
    }

    /** Makes a version that is there the one that was deployed last; returns whether it was not. */
    boolean makeLatest(String version) throws IOException {
        String newest = newestFirst().get(0);
        boolean isOlder = !newest.equals(version);
        if (isOlder) { // by no clock of ours
            long time = fs.getFileStatus(directory(newest)).getModificationTime();
            fs.setTimes(directory(version), time + 1, -1);
        }
        return isOlder;
    }

    /**
     * The version that was deployed last.
     *
     * @throws UsageException if there is none
     */
    public Released latest() throws IOException {
        return open(newestFirst().stream()
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "Cannot find a version in %s (expected one: q schedule deploy)".formatted(versions))));
    }

    /**
     * Deletes all but the newest versions and those in use, and returns what it deleted.
     *
     * @param kept how many of the newest stay
     */
    List<String> deleteOld(int kept, Set<String> inUse) throws IOException {
        List<String> old = newestFirst().stream()
                .skip(kept)
                .filter(version -> !inUse.contains(version))
                .toList();
        for (String version : old) {
            fs.delete(directory(version), true);
        }
        return old;
    }

    /** Of what else an operator keeps there none is a version, which could be the latest or deleted as old. */
    private List<String> newestFirst() throws IOException {
        List<FileStatus> found = new ArrayList<>();
        for (FileStatus status : Listing.of(fs, versions)) {
            String name = status.getPath().getName();
            if (status.isDirectory() && !name.startsWith(".") && has(name)) {
                found.add(status);
            }
        }
        return found.stream()
                .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                        .thenComparing(FileStatus::getPath)
                        .reversed())
                .map(status -> status.getPath().getName())
                .toList();
    }

    /**
     * A version by its name.
     *
     * @throws UsageException if there is none
     */
    Released open(String version) throws IOException {
        if (version.isEmpty() || !has(version)) {
            throw new UsageException(
                    "Cannot find version %s in %s (expected one of %s)".formatted(version, versions, newestFirst()));
        }
        Path directory = directory(version);
        JobProperties properties;
        try (InputStream in = fs.open(new Path(directory, PROPERTIES))) {
            properties = JobProperties.parse(PROPERTIES, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        XmlElement bundle = xml(new Path(directory, "bundle.xml"));
        List<CoordinatorApplication> coordinators = new ArrayList<>();
        for (XmlElement coordinator : bundle.children("coordinator").toList()) {
            String path = properties.resolve(coordinator.textOf("app-path"));
            coordinators.add(CoordinatorApplication.of(path, xml(new Path(path, "coordinator.xml"))));
        }
        return new Released(version, directory, bundle.attribute("name"), properties, coordinators);
    }

    private XmlElement xml(Path file) throws IOException {
        try (InputStream in = fs.open(file)) {
            return XmlElement.read(in);
        } catch (XMLStreamException e) {
            throw new IOException("Cannot read %s (expected XML)".formatted(file), e);
        }
    }
}
