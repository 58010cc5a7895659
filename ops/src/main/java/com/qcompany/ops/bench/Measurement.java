package com.qcompany.ops.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Locale;
import org.apache.commons.lang3.function.FailableRunnable;

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

    /** Does the work and measures it. */
    static Measurement of(FailableRunnable<Exception> work) throws Exception {
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

    /** Prints one line of figures over so many things, such as events. */
    void print(String work, long count, String things) {
        System.out.printf(
                Locale.ROOT,
                "%-36s %,10d %s  %7.2f s  %,10.0f %s/s  %7.2f CPU s, %6.2f a million  %5d MB peak heap%n",
                work,
                count,
                things,
                wallSeconds(),
                count / wallSeconds(),
                things,
                cpuSeconds(),
                cpuSeconds() * 1e6 / count,
                peakHeapBytes >> 20);
    }

    double wallSeconds() {
        return wall.toNanos() / 1e9;
    }

    double cpuSeconds() {
        return cpu.toNanos() / 1e9;
    }
}
