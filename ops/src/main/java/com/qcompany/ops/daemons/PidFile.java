package com.qcompany.ops.daemons;

import com.qcompany.hive.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process a daemon is: a file with the process id and its start, as {@link ProcessStatus#start} has it, which
 * tells the daemon from another process that was given its number later, however the clock is set meanwhile.
 */
record PidFile(Path file) {

    /** Notes a process; it replaces an earlier one. */
    void write(ProcessHandle process) throws IOException {
        DurableFile.write(file, identity(process.pid()) + "\n");
    }

    /** The noted process, if it still runs. */
    Optional<ProcessHandle> running() throws IOException {
        return present().filter(process -> !ProcessStatus.of(process.pid()).isZombie());
    }

    /** The noted process, if its number is not free yet: it may have ended, and its parent not have asked how. */
    Optional<ProcessHandle> present() throws IOException {
        String noted;
        try {
            noted = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(noted.split(" ", 2)[0]))
                .filter(process -> identity(process.pid()).equals(noted));
    }

    private static String identity(long pid) {
        return "%d %s".formatted(pid, ProcessStatus.start(pid)).strip();
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
