package com.qcompany.stream.compact;

import java.util.List;

/**
 * What {@link HourAudit} found.
 *
 * @param hours files that closings published
 * @param rows rows of the files that readers see
 * @param faults a sentence for every file that is missing, of another size, or nobody's, and every overdue hour
 */
public record AuditFindings(int hours, long rows, List<String> faults) {

    public AuditFindings {
        faults = List.copyOf(faults);
    }

    /** Whether nothing was ever published and nothing waits. */
    public boolean isEmpty() {
        return hours == 0 && rows == 0 && faults.isEmpty();
    }
}
