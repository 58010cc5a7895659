package com.qcompany.ops.daemons;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs as Debian installs them, and who runs them: root may not, so {@code postgres} does for it.
 *
 * @param programs directory of initdb, postgres and the others
 * @param asRoot whether this process is root's
 */
record PostgresInstallation(Path programs, boolean asRoot) {

    /** The system's user that Debian's package makes. */
    static final String USER = "postgres";

    private static final Path ROOT = Path.of("/usr/lib/postgresql");

    /** The newest version that is installed; empty when there is none. */
    static Optional<PostgresInstallation> newest() {
        return Stream.ofNullable(ROOT.toFile().listFiles((directory, name) -> name.matches("[\\d.]+")))
                .flatMap(Stream::of)
                .map(File::toPath)
                .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                .max(Comparator.comparingDouble(
                        version -> Double.parseDouble(version.getFileName().toString())))
                .map(PostgresInstallation::of);
    }

    /**
     * The version that a cluster was made with, or for a new one the newest.
     *
     * @throws IOException when it is not installed, naming the package
     */
    static PostgresInstallation forCluster(Path cluster) throws IOException {
        Path version = cluster.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            return newest().orElseThrow(() -> absent("postgresql"));
        }
        String made = Files.readString(version).strip();
        if (!Files.isExecutable(ROOT.resolve(made).resolve("bin/postgres"))) {
            throw absent("postgresql-" + made);
        }
        return of(ROOT.resolve(made));
    }

    private static IOException absent(String debianPackage) {
        return new IOException("Cannot find PostgreSQL in %s (install Debian's package: apt-get install %s)"
                .formatted(ROOT, debianPackage));
    }

    private static PostgresInstallation of(Path version) {
        return new PostgresInstallation(version.resolve("bin"), "root".equals(System.getProperty("user.name")));
    }

    /** The command line of one of the programs. Both wrappers become the program: its process id is the command's. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (asRoot) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Gives a file or directory to the user of the programs. */
    void own(Path path) throws IOException {
        if (asRoot) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
    }

    /**
     * Returns when the programs can reach a directory.
     *
     * @throws IOException when one above it is closed to them
     */
    void requireReachable(Path directory) throws IOException {
        for (Path above = directory; asRoot && above != null; above = above.getParent()) {
            boolean open = Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)
                    || Files.getOwner(above).getName().equals(USER);
            if (!open) {
                throw new IOException(
                        "Cannot run PostgreSQL in %s: its user %s may not enter %s (chmod o+x, or choose another directory)"
                                .formatted(directory, USER, above));
            }
        }
    }
}
