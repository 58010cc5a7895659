package com.qcompany.batch.load;

/** Counters of a load's job; fixes and rejections have one each by code, in the groups of that name. */
enum LoadCounter {
    /** Data lines read. */
    LINES_READ,
    /** Lines that meet every rule. */
    LINES_ACCEPTED,
    /** Lines that break a rule. */
    LINES_REJECTED,
    /** Lines whose bytes are no UTF-8. */
    LINES_NOT_UTF8;

    /** Group of the counters of fixes. */
    static final String FIXES = "Fixes";
    /** Group of the counters of broken rules. */
    static final String REJECTIONS = "Rejections";
}
