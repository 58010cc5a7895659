package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders the hours that a round works on: the newest first, those that failed in the last round after all others, and
 * none that waits for a time. Remembers between rounds.
 */
final class DueHours {

    private final Map<EventHour, Instant> waiting = new HashMap<>();
    private final Set<EventHour> failed = new HashSet<>();

    /** The hours in the order of work, of those that could be closed. */
    List<EventHour> order(Collection<EventHour> closed, Instant now) {
        waiting.keySet().retainAll(closed);
        failed.retainAll(closed);
        return closed.stream()
                .filter(hour -> !waiting.getOrDefault(hour, Instant.MIN).isAfter(now))
                .sorted(Comparator.comparing((EventHour hour) -> failed.contains(hour))
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
    }

    /** Looks at an hour again at a time. */
    void waits(EventHour hour, Instant until) {
        waiting.put(hour, until);
    }

    /** Takes down which hours a round could not close. */
    void failed(Collection<EventHour> hours) {
        failed.clear();
        failed.addAll(hours);
    }
}
