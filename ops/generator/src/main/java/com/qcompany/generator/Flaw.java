package com.qcompany.generator;

import java.util.List;

/** What can be wrong with a row so that the pipeline must reject it. */
enum Flaw {
    TWO_OFFERS("offer_1", "True", "offer_2", "True"),
    UNITS_ZERO("units", "0"),
    UNITS_NEGATIVE("units", "-3"),
    UNITS_NOT_A_NUMBER("units", "three"),
    PRICE_NEGATIVE("unit_price", "-19.99"),
    PRICE_ZERO("unit_price", "0.00"),
    PRICE_NOT_A_NUMBER("unit_price", "n/a"),
    DATE_IMPOSSIBLE("transaction_date", "2023-2-30"),
    DATE_NOT_A_DATE("transaction_date", "yesterday"),
    NO_TRANSACTION_ID("transaction_id", ""),
    UNKNOWN_AGENT(false, "999", "1", false),
    UNKNOWN_BRANCH(false, "1", "999", false),
    ONLINE_WITHOUT_ADDRESS(true, "", "", false),
    ONLINE_WITH_AGENT(true, "1", "", true),
    ONLINE_WITH_BRANCH(true, "", "1", true),
    DELIVERED_BUT_NOT_ONLINE(false, "", "", true),
    /** A name in ISO-8859-1, whose byte 0xE9 is not UTF-8. */
    NOT_UTF8("customer_fname", "Andr\u00e9"),
    TOO_MANY_FIELDS,
    TOO_FEW_FIELDS,
    /** The id and date of the right row before it, with other units. */
    CHANGED_TRANSACTION("units", "11");

    private final String[] columnsAndValues;

    Flaw(String... columnsAndValues) {
        this.columnsAndValues = columnsAndValues;
    }

    Flaw(boolean online, String agent, String branch, boolean delivered) {
        this(
                "is_online",
                online ? "yes" : "no",
                "sales_agent_id",
                agent,
                "branch_id",
                branch,
                "shipping_address",
                delivered ? "8 Linden Circle/Somerville/MA/02143" : "");
    }

    /** Damages fields in the order of {@link Sale#COLUMNS}; the number of fields and their encoding are not its own. */
    void damage(List<String> fields) {
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            fields.set(Sale.COLUMNS.indexOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
    }
}
