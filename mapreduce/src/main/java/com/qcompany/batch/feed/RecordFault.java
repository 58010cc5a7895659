package com.qcompany.batch.feed;

/** Why a record cannot be taken apart into the fields of its feed; no further rule is then applied to it. */
public enum RecordFault {
    /** Its bytes are no UTF-8. */
    NOT_UTF8("not_utf8", "UTF-8"),
    /** It is longer than allowed. */
    TOO_LONG("record_too_long", "at most q.load.max-record-bytes"),
    /** Its quotes do not follow RFC 4180, or it has a carriage return outside of quotes. */
    MALFORMED("csv_malformed", "one RFC 4180 record: a quote opens at the start of a field and closes at its end"),
    /** It ends before a column that must be there. */
    TOO_FEW_FIELDS("too_few_fields", "only trailing optional columns may be left out"),
    /** It has more fields than the header. */
    TOO_MANY_FIELDS("too_many_fields", "at most one field for every column of the header");

    private final String code;
    private final String allowed;

    RecordFault(String code, String allowed) {
        this.code = code;
        this.allowed = allowed;
    }

    /** Rule code, snake_case. */
    public String code() {
        return code;
    }

    String allowed() {
        return allowed;
    }
}
