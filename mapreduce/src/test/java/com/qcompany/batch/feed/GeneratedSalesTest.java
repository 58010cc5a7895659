package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed's declaration and the generator, which share no code, say the same of every line. */
class GeneratedSalesTest {

    private static final Feed FEED = FeedCatalog.bundled().feed("sales_transactions");
    private static final int UNKNOWN = 999;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    @TempDir
    Path landing;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5})
    void areAcceptedAndRejectedAsTheTruthSays(int group) throws IOException {
        SalesTruth truth = new GroupGenerator(11, 3_000, 0.05, 0).write(landing, group, 1);

        Map<Object, BigDecimal> paidById = new HashMap<>();
        SortedMap<String, Integer> rejectedBy = new TreeMap<>();
        long again = 0;
        for (Outcome outcome : outcomes(group)) {
            if (outcome instanceof Outcome.Accepted accepted) {
                Object id = accepted.values()[FEED.indexOf("transaction_id")];
                BigDecimal paid = (BigDecimal) accepted.values()[FEED.indexOf("total_paid_price")];
                again += paidById.putIfAbsent(id, paid) == null ? 0 : 1;
            } else if (outcome instanceof Outcome.Rejected rejected) {
                rejectedBy.merge(rejected.codes().toString(), 1, Integer::sum);
            } else if (outcome instanceof Outcome.Waiting waiting) {
                rejectedBy.merge(waiting.reason().codes().toString(), 1, Integer::sum);
            }
        }

        long changed = truth.rejectedBy().get("CHANGED_TRANSACTION");
        assertThat(rejectedBy.values().stream().mapToLong(count -> count).sum())
                .as("rejections %s of %s", rejectedBy, truth.rejectedBy())
                .isEqualTo(truth.rejected() - changed);
        assertThat(paidById.size()).isEqualTo(truth.facts());
        assertThat(paidById.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(truth.totalPaid());
        assertThat(again).isEqualTo(truth.duplicates() + changed);
    }

    private List<Outcome> outcomes(int group) throws IOException {
        Path file = landing.resolve("group%d/sales_transactions_SS_raw_%d.csv".formatted(group, group));
        List<Outcome> outcomes = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                CsvRecordReader records = new CsvRecordReader(in, 0, Long.MAX_VALUE, false, MAX_RECORD_BYTES)) {
            assertThat(records.next()).isTrue();
            String header = records.text().text();
            FeedParser parser = new FeedParser(
                    FeedHeader.bind(FEED, file.toString(), List.of(header.split(","))),
                    (table, key) -> !key.equals(UNKNOWN));
            while (records.next()) {
                outcomes.add(parser.parse(records));
            }
        }
        return outcomes;
    }
}
