package com.qcompany.pages;

import com.qcompany.hive.DateRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A warehouse in memory that remembers which periods were read. */
final class MemoryReader implements Sites.Reader {

    final List<DateRange> periods = new ArrayList<>();
    String state = "1";
    boolean broken;
    boolean faulty;

    @Override
    public String state() {
        return state;
    }

    @Override
    public SiteContent read(DateRange period) throws IOException {
        if (broken) {
            throw new IOException("Cannot connect to HiveServer2");
        }
        if (faulty) {
            throw new IllegalStateException("no such column");
        }
        periods.add(period);
        return SampleContent.content();
    }
}
