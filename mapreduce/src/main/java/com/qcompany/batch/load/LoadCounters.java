package com.qcompany.batch.load;

/** Groups of counters of a load's job; each has one counter by code. */
final class LoadCounters {
    /** What was mended in accepted lines. */
    static final String FIXES = "Fixes";
    /** Rules that rejected lines break. */
    static final String REJECTIONS = "Rejections";
    /** References that lines wait for. */
    static final String WAITING = "Waiting";

    private LoadCounters() {}
}
