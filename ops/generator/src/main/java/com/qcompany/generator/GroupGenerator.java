package com.qcompany.generator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes group folders: {@code groupN/} with {@code branches_SS_raw_N.csv}, {@code sales_agents_SS_raw_N.csv},
 * {@code sales_transactions_SS_raw_N.csv} and the marker {@code _READY}. The same seed, number and rows give the same
 * bytes, whichever other groups are made. A folder appears whole, by a rename.
 *
 * @param seed what the random streams start from
 * @param rows lines of every transactions file, below the header
 * @param badShare share of lines that must be rejected, 0 to 0.5
 * @param resend number of the group that repeats group 1 byte for byte under its own name; 0 for none
 */
public record GroupGenerator(long seed, int rows, double badShare, int resend) {

    /** Share of bad lines unless asked otherwise. */
    public static final double BAD_SHARE = 0.005;
    /** The group that repeats the first one unless asked otherwise. */
    public static final int RESEND = 3;

    private static final String READY = "_READY";

    public GroupGenerator {
        if (rows < 0 || rows > TransactionIds.ROWS_PER_GROUP) {
            throw new IllegalArgumentException("Cannot generate groups of %d rows (expected 0 to %d)"
                    .formatted(rows, TransactionIds.ROWS_PER_GROUP));
        }
        if (!(badShare >= 0 && badShare <= 0.5)) {
            throw new IllegalArgumentException(
                    "Cannot generate a share of bad rows: %s (expected 0 to 0.5)".formatted(badShare));
        }
        if (resend < 0 || resend == 1) {
            throw new IllegalArgumentException(
                    "Cannot repeat group 1 as group %d (expected 2 or above, or 0 for none)".formatted(resend));
        }
    }

    /** With the usual share of bad lines and the usual repeated group. */
    public static GroupGenerator of(long seed, int rows) {
        return new GroupGenerator(seed, rows, BAD_SHARE, RESEND);
    }

    /**
     * Writes groups to a landing directory, which is made where it is absent.
     *
     * @param first number of the first, from 1
     * @return the right answers over them; one that repeats another of them loads nothing and is not counted
     * @throws FileAlreadyExistsException if a folder of one of the names exists; those before it stay
     */
    public SalesTruth write(Path landing, int first, int count) throws IOException {
        if (first < 1 || count < 0 || first > TransactionIds.GROUPS - count) {
            throw new IllegalArgumentException("Cannot generate groups %d to %d (expected 1 to %d)"
                    .formatted(first, (long) first + count - 1, TransactionIds.GROUPS));
        }
        SalesTally tally = new SalesTally();
        Set<Integer> contents = new HashSet<>();
        for (int group = first; group < first + count; group++) {
            int content = group == resend ? 1 : group;
            write(landing, group, content, contents.add(content) ? tally : new SalesTally());
        }
        return tally.truth();
    }

    private void write(Path landing, int group, int content, SalesTally tally) throws IOException {
        String name = "group" + group;
        Path folder = landing.resolve(name);
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(
                    folder.toString(), null, "Cannot generate a group: its folder exists (name another directory)");
        }
        Files.createDirectories(landing);
        Path hidden = Files.createDirectory(landing.resolve("." + name + "." + UUID.randomUUID()));
        Staff staff = new Staff(content);
        Files.writeString(hidden.resolve("branches_SS_raw_" + group + ".csv"), staff.branchesFile());
        Files.writeString(hidden.resolve("sales_agents_SS_raw_" + group + ".csv"), staff.agentsFile());
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(hidden.resolve("sales_transactions_SS_raw_" + group + ".csv")))) {
            writeSales(content, out, tally);
        }
        Files.createFile(hidden.resolve(READY));
        Files.move(hidden, folder);
    }

    private void writeSales(int group, OutputStream out, SalesTally tally) throws IOException {
        SplittableRandom random = new SplittableRandom(seed * TransactionIds.GROUPS + group);
        Sales sales = new Sales(group, new TransactionIds(seed), random.split());
        new SalesFile(SalesHeader.of(group), sales, random.split(), badShare, out, tally).write(rows);
    }
}
