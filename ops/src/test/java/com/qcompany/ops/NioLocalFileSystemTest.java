package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioLocalFileSystemTest {

    @TempDir
    Path directory;

    @Test
    void setsPermissionsAsHadoopsOwnDoes() throws Exception {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", NioLocalFileSystem.class, FileSystem.class);
        try (FileSystem local = FileSystem.newInstance(directory.toUri(), conf)) {
            assertThat(local).isInstanceOf(NioLocalFileSystem.class);
            for (String mode : new String[] {"700", "1777"}) {
                Path made = directory.resolve(mode);
                local.mkdirs(new org.apache.hadoop.fs.Path(made.toUri()));

                local.setPermission(new org.apache.hadoop.fs.Path(made.toUri()), new FsPermission(mode));

                assertThat((int) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(Integer.parseInt(mode, 8));
            }
            Path file = directory.resolve("file");
            FileSystem.create(local, new org.apache.hadoop.fs.Path(file.toUri()), new FsPermission("640"))
                    .close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void linksACopyOfAFileAndCopiesADirectory() throws Exception {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", NioLocalFileSystem.class, FileSystem.class);
        Path file = Files.writeString(
                Files.createDirectory(directory.resolve("source")).resolve("a.jar"), "a");
        try (FileSystem local = FileSystem.newInstance(directory.toUri(), conf)) {
            local.copyFromLocalFile(path(file), path(directory.resolve("b.jar")));
            local.copyFromLocalFile(path(file.getParent()), path(directory.resolve("copy")));
        }
        assertThat(Files.isSameFile(directory.resolve("b.jar"), file)).isTrue();
        assertThat(directory.resolve("copy/a.jar")).hasContent("a");
        assertThat(Files.isSameFile(directory.resolve("copy/a.jar"), file)).isFalse();
    }

    private static org.apache.hadoop.fs.Path path(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }
}
