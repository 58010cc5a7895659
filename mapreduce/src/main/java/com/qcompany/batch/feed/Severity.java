package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a row that breaks a rule, in the order of strictness. */
public enum Severity {
    /** It is loaded, and counted. */
    @JsonProperty("warn")
    WARN,
    /** It is rejected. */
    @JsonProperty("reject")
    REJECT,
    /** It is rejected, and its group is refused. */
    @JsonProperty("fail")
    FAIL
}
