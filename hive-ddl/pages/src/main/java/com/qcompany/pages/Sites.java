package com.qcompany.pages;

import com.qcompany.hive.CsvText;
import com.qcompany.hive.DateRange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages of the periods that were last asked for. They are made when a period is asked for first, and again after
 * something was published. For any number of threads; one makes pages while the others wait.
 */
final class Sites {

    private static final int MAX_PERIODS = 8;

    /** Reads what pages show. */
    interface Reader {
        /** A text that changes when something is published. */
        String state() throws IOException;

        /** What the pages of a period show. */
        SiteContent read(DateRange period) throws IOException;
    }

    private record Made(String state, Map<String, byte[]> files) {}

    private final Reader reader;
    private final Documentation documentation;
    private final Map<DateRange, Made> sites = new LinkedHashMap<>();

    Sites(Reader reader, Documentation documentation) {
        this.reader = reader;
        this.documentation = documentation;
    }

    /** Every file of a period's pages by its name. */
    synchronized Map<String, byte[]> of(DateRange period) throws IOException {
        String state = reader.state();
        Made made = sites.remove(period);
        if (made == null || !made.state.equals(state)) {
            made = new Made(state, new Site(reader.read(period), documentation, CsvText.PLAIN, true).files());
        }
        sites.put(period, made);
        if (sites.size() > MAX_PERIODS) {
            sites.remove(sites.keySet().iterator().next());
        }
        return made.files;
    }
}
