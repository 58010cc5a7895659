package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a record cannot be taken apart into the fields of its feed; no further rule is then applied to it. */
public enum RecordFault {
    NOT_UTF8("not_utf8", "UTF-8"),
    TOO_LONG("record_too_long", "at most q.load.max-record-bytes"),
    /** Its quotes do not follow RFC 4180, or it has a carriage return outside of quotes. */
    MALFORMED("csv_malformed", "one RFC 4180 record: a quote opens at the start of a field and closes at its end"),
    TOO_FEW_FIELDS("too_few_fields", "only trailing optional columns may be left out"),
    TOO_MANY_FIELDS("too_many_fields", "at most one field for every column of the header");

    private final String code;
    private final String allowed;

    RecordFault(String code, String allowed) {
        this.code = code;
        this.allowed = allowed;
    }

    /** The rejection of a record with this fault. */
    public Rejected rejected() {
        return rejected(null, "");
    }

    /** The rejection of a record that has so many fields. */
    Rejected rejected(int fields) {
        String found = fields + (fields == 1 ? " field" : " fields");
        return rejected(found, ": " + found);
    }

    private Rejected rejected(@Nullable String value, String found) {
        return new Rejected(
                List.of(code), null, value, "Cannot parse record%s (allowed: %s)".formatted(found, allowed));
    }
}
