package com.qcompany.pages;

import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.pages.Frame.Link;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pages that say what the data is: the dictionary of tables and contracts, where each column of a report comes from,
 * and each report's definition. They follow from the job jar and the contracts, and are the same for every state of the
 * warehouse.
 */
record Documentation(List<FeedContract> contracts) {

    static final List<Link> LINKS = List.of(
            new Link("Data dictionary", "dictionary.html"),
            new Link("Lineage", "lineage.html"),
            new Link("Report definitions", "definitions.html"));

    /** Around pages that stand alone. */
    static final Frame FRAME = new Frame("", "", List.of(new Frame.Group("Documentation", LINKS)), "", "", false);

    /** Every page by its name, with links as the frame has them. */
    Map<String, byte[]> files(Frame frame) {
        Lineage lineage = Lineage.of(contracts);
        Section paths = Section.of("paths", "Lineage", "", lineage.table(), "");
        Map<String, byte[]> files = new LinkedHashMap<>();
        add(files, frame, 0, Map.of("tables", StarSchema.TABLES, "contracts", contracts));
        add(files, frame, 1, Map.of("lineage", lineage, "section", paths));
        add(files, frame, 2, Map.of("reports", Report.about(Subject.values())));
        return files;
    }

    private static void add(Map<String, byte[]> files, Frame frame, int page, Map<String, Object> values) {
        Link link = LINKS.get(page);
        String template = link.file().replace(".html", "");
        files.put(link.file(), Templates.render(template, frame.of(link.title(), link.file()), values));
    }
}
