package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.StreamSettings;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/**
 * When a thread commits, and how much it holds until then.
 *
 * @param age age of an epoch at which it is committed
 * @param rollSizeBytes size of a file at which its epoch is committed
 * @param maxOpenFiles files written at once
 * @param bufferBytes memory of rows that are not yet in a file
 * @param deadLetterBytes memory of dead letters at which their epoch is committed
 */
record EpochLimits(Duration age, long rollSizeBytes, int maxOpenFiles, long bufferBytes, long deadLetterBytes) {

    private static final long DEAD_LETTER_BYTES = 4 << 20;

    /** What the settings say, the process's memory shared between its threads. */
    static EpochLimits of(Configuration conf) {
        return new EpochLimits(
                StreamSettings.FLUSH_INTERVAL.get(conf),
                StreamSettings.ROLL_SIZE.get(conf),
                StreamSettings.MAX_OPEN_FILES.get(conf),
                StreamSettings.BUFFER_SIZE.get(conf) / StreamSettings.THREADS.get(conf),
                DEAD_LETTER_BYTES);
    }
}
