package com.qcompany.stream.compact;

import com.qcompany.stream.HourSummary;
import java.util.Optional;

/**
 * Where an hour's journal stands.
 *
 * @param next number of its next closing
 * @param last what its last closing published
 */
record JournalState(int next, Optional<HourSummary> last) {}
