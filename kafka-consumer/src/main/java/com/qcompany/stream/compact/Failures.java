package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.compact.ClosingJournal.ClosedElsewhereException;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hours that a round could not close; the round goes on with the others. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Set<EventHour> hours = new HashSet<>();
    private @Nullable IOException first;

    /**
     * Does a step; keeps its failure, unless it is that the whole round has lost its lease. A damaged Parquet file is an
     * unchecked one, and an hour that is too large for this heap or needs a missing library an error.
     */
    void catching(EventHour hour, InvocationRaisingIOE step) throws IOException {
        try {
            step.apply();
        } catch (LeaseHeldException e) {
            throw e;
        } catch (ClosedElsewhereException e) {
            LOG.info("Left hour {} alone: {}", hour, e.getMessage());
        } catch (IOException | RuntimeException | VirtualMachineError | LinkageError e) {
            LOG.error("Cannot close hour {}; it is tried again in the next round", hour, e);
            hours.add(hour);
            if (first == null) {
                first = new IOException("Cannot close hour %s: %s".formatted(hour, e), e);
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** The hours that failed. */
    Set<EventHour> hours() {
        return Set.copyOf(hours);
    }

    /** The first of them, which has the others as suppressed ones. */
    Optional<IOException> first() {
        return Optional.ofNullable(first);
    }
}
