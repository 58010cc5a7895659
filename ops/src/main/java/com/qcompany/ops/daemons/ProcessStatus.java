package com.qcompany.ops.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What Linux knows of a process.
 *
 * @param fields lines of {@code /proc/PID/status} by name; none when the process is gone
 */
public record ProcessStatus(Map<String, String> fields) {

    /** Of {@code /proc/PID/stat}, after the name of the program. */
    private static final int FIELDS_TO_START = 19;

    private static final int KB_A_MB = 1024;

    public static ProcessStatus of(long pid) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                String[] parts = line.split(":\\s*", 2);
                fields.put(parts[0], parts[1]);
            }
        } catch (IOException e) {
            return new ProcessStatus(Map.of()); // it ended before or while it was read
        }
        return new ProcessStatus(fields);
    }

    /** When it started, in clock ticks since boot; empty when the process is gone. */
    static String start(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[FIELDS_TO_START]; // a name may hold blanks
        } catch (IOException e) {
            return ""; // it ended before or while it was read
        }
    }

    /** Whether it has ended and only waits for a parent to ask for its exit code. */
    boolean isZombie() {
        return fields.getOrDefault("State", "").startsWith("Z");
    }

    /** Memory it has in RAM, shared pages among it. */
    long residentMb() {
        return kilobytes("VmRSS") / KB_A_MB;
    }

    /** The same without what other processes may share. */
    long privateMb() {
        return kilobytes("RssAnon") / KB_A_MB;
    }

    /** Most memory it ever had in RAM, in bytes. */
    public long peakBytes() {
        return kilobytes("VmHWM") * KB_A_MB;
    }

    private long kilobytes(String field) {
        return Long.parseLong(fields.getOrDefault(field, "0 kB").split(" ", 2)[0]);
    }
}
