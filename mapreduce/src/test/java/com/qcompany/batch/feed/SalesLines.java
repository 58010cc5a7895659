package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses lines of the bundled sales feed, made from a right one by changing columns. */
final class SalesLines {

    static final String HEADER =
            "transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,cusomter_email,sales_agent_id,"
                    + "branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,offer_4,offer_5,units,"
                    + "unit_price,is_online,payment_method,shipping_address";
    static final String BRANCH_SALE = "2023-5-2,trx-1,85469,Ada,Brown,ada.brown@gmail.com;,1,2,22,Coffee Maker,"
            + "Appliances,,,,,,10,79.99,no,Cash";
    static final String ONLINE_SALE = "2023-5-20,trx-2,85470,Max,Moore,max.moore@yahoo.com;,,,22,Coffee Maker,"
            + "Appliances,,,,True,,3,79.99,yes,PayPal,12 High Street/Springfield/IL/01234";

    private static final Feed FEED = FeedCatalog.bundled().feed("sales_transactions");

    private final List<String> names = List.of(HEADER.split(","));
    private final FeedParser parser = new FeedParser(FeedHeader.bind(FEED, "sales.csv", names), (table, key) -> Map.of(
                    "sales_agent_dim", List.of(1, 3), "branch_dim", List.of(2))
            .get(table)
            .contains(key));

    Outcome parse(String line) {
        return parser.parse(line);
    }

    Accepted accept(String line) {
        return (Accepted) parser.parse(line);
    }

    Rejected reject(String line) {
        return (Rejected) parser.parse(line);
    }

    /** The line with one column, named as in the header, set to other text. */
    String with(String line, String column, String text) {
        List<String> fields = new ArrayList<>(Arrays.asList(line.split(",", -1)));
        int index = names.indexOf(column);
        while (fields.size() <= index) {
            fields.add("");
        }
        fields.set(index, text);
        return String.join(",", fields);
    }

    Object value(Accepted accepted, String field) {
        return accepted.values()[FEED.indexOf(field)];
    }

    Object value(String line, String field) {
        return value(accept(line), field);
    }

    Map<String, Long> fixes() {
        Map<String, Long> counts = new TreeMap<>();
        parser.drainFixes(counts::put);
        return counts;
    }
}
