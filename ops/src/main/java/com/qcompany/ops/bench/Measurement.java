package com.qcompany.ops.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;

/**
 * What some work took in this process.
 *
 * @param wall elapsed time
 * @param cpu processor time of all threads, garbage collection and compilation included
 * @param peakHeapBytes most heap in use at a time, garbage included
 */
record Measurement(Duration wall, Duration cpu, long peakHeapBytes) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** Does the work and measures it. */
    static Measurement of(Work work) throws Exception {
        System.gc();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            pool.resetPeakUsage();
        }
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        return new Measurement(
                Duration.ofNanos(System.nanoTime() - start),
                Duration.ofNanos(SYSTEM.getProcessCpuTime() - cpu),
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum());
    }

    double wallSeconds() {
        return wall.toNanos() / 1e9;
    }

    double cpuSeconds() {
        return cpu.toNanos() / 1e9;
    }
}
