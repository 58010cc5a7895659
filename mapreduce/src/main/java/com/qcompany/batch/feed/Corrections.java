package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a sale that comes back in another group with other values, as a contract declares it. */
public enum Corrections {
    /** The version that is last in the order of the source stands, whenever it arrives. */
    @JsonProperty("supersede")
    SUPERSEDE,
    /** The same, and the load says so. */
    @JsonProperty("warn")
    WARN,
    /** The version that is loaded first stands; another one is rejected. */
    @JsonProperty("reject")
    REJECT
}
