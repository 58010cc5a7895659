package com.qcompany.ops.daemons;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What {@code q status} shows: a line for every daemon. */
final class StatusTable {

    private static final String FORMAT = "%-18s %-16s %8s  %-16s %9s %7s  %s%n";

    private StatusTable() {}

    static String of(List<ServiceStatus> daemons) {
        StringBuilder table =
                new StringBuilder(FORMAT.formatted("SERVICE", "ADDRESS", "PID", "STATE", "UPTIME", "RSS MB", "LOG"));
        long total = 0;
        for (ServiceStatus daemon : daemons) {
            boolean runs = daemon.process().isPresent();
            table.append(FORMAT.formatted(
                    daemon.service().title(),
                    daemon.address(),
                    daemon.process()
                            .map(process -> Long.toString(process.pid()))
                            .orElse("-"),
                    daemon.state(),
                    runs ? uptime(daemon.uptime()) : "-",
                    runs ? Long.toString(daemon.residentMb()) : "-",
                    daemon.log()));
            total += daemon.residentMb();
        }
        return table.append(FORMAT.formatted("(all)", "", "", "", "", Long.toString(total), "")
                        .stripTrailing())
                .append(System.lineSeparator())
                .toString();
    }

    /** As in {@code 1:02:03}; days are hours. */
    static String uptime(Duration uptime) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", uptime.toHours(), uptime.toMinutesPart(), uptime.toSecondsPart());
    }
}
