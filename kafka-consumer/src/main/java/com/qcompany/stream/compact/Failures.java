package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hours that a run could not close; the run goes on with the others and fails at its end. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private @Nullable IOException first;

    /** Something that is done for one hour. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /**
     * Does a step; keeps its failure, which for a damaged Parquet file is an unchecked one, unless it is that the whole
     * run has lost its lease.
     */
    void catching(EventHour hour, Step step) throws IOException {
        try {
            step.run();
        } catch (LeaseHeldException e) {
            throw e;
        } catch (ClosedElsewhereException e) {
            LOG.info("Left hour {} alone: {}", hour, e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("Cannot close hour {}; it is tried again at the next run", hour, e);
            if (first == null) {
                first = new IOException("Cannot close hour %s: %s".formatted(hour, e.getMessage()), e);
            } else {
                first.addSuppressed(e);
            }
        }
    }

    void throwIfAny() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
