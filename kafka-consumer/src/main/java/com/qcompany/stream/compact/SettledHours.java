package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.compact.HourFiles.HourDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Visible hours that need nothing until their directory changes, so that a run looks into few of them. */
final class SettledHours {

    private final Map<EventHour, Long> changedMillis = new HashMap<>();

    /** Hours that have changed since they were settled, or never were. */
    List<HourDirectory> changed(List<HourDirectory> hours) {
        return hours.stream()
                .filter(hour -> !Long.valueOf(hour.changedMillis()).equals(changedMillis.get(hour.hour())))
                .toList();
    }

    /** Takes down that an hour needs nothing, as its directory was when it was listed. */
    void put(HourDirectory hour, boolean isSettled) {
        if (isSettled) {
            changedMillis.put(hour.hour(), hour.changedMillis());
        }
    }
}
