package com.qcompany.generator;

import java.util.List;

/** What can be wrong with a row so that the pipeline must reject it. */
enum Flaw {
    TWO_OFFERS,
    UNITS_ZERO,
    UNITS_NEGATIVE,
    UNITS_NOT_A_NUMBER,
    PRICE_NEGATIVE,
    PRICE_ZERO,
    PRICE_NOT_A_NUMBER,
    DATE_IMPOSSIBLE,
    DATE_NOT_A_DATE,
    NO_TRANSACTION_ID,
    UNKNOWN_AGENT,
    UNKNOWN_BRANCH,
    ONLINE_WITHOUT_ADDRESS,
    ONLINE_WITH_AGENT,
    ONLINE_WITH_BRANCH,
    DELIVERED_BUT_NOT_ONLINE,
    /** A name in ISO-8859-1, whose byte 0xE9 is not UTF-8. */
    NOT_UTF8,
    TOO_MANY_FIELDS,
    TOO_FEW_FIELDS,
    /** The id and date of the right row before it, with other units. */
    CHANGED_TRANSACTION;

    private static final String ADDRESS = "8 Linden Circle/Somerville/MA/02143";

    /** Damages fields in the order of {@link Sale#COLUMNS}; the number of fields and their encoding are not its own. */
    void damage(List<String> fields) {
        switch (this) {
            case TWO_OFFERS -> {
                set(fields, "offer_1", "True");
                set(fields, "offer_2", "True");
            }
            case UNITS_ZERO -> set(fields, "units", "0");
            case UNITS_NEGATIVE -> set(fields, "units", "-3");
            case UNITS_NOT_A_NUMBER -> set(fields, "units", "three");
            case PRICE_NEGATIVE -> set(fields, "unit_price", "-19.99");
            case PRICE_ZERO -> set(fields, "unit_price", "0.00");
            case PRICE_NOT_A_NUMBER -> set(fields, "unit_price", "n/a");
            case DATE_IMPOSSIBLE -> set(fields, "transaction_date", "2023-2-30");
            case DATE_NOT_A_DATE -> set(fields, "transaction_date", "yesterday");
            case NO_TRANSACTION_ID -> set(fields, "transaction_id", "");
            case UNKNOWN_AGENT -> sell(fields, "no", "999", "1", "");
            case UNKNOWN_BRANCH -> sell(fields, "no", "1", "999", "");
            case ONLINE_WITHOUT_ADDRESS -> sell(fields, "yes", "", "", "");
            case ONLINE_WITH_AGENT -> sell(fields, "yes", "1", "", ADDRESS);
            case ONLINE_WITH_BRANCH -> sell(fields, "yes", "", "1", ADDRESS);
            case DELIVERED_BUT_NOT_ONLINE -> sell(fields, "no", "", "", ADDRESS);
            case NOT_UTF8 -> set(fields, "customer_fname", "Andr\u00e9");
            case TOO_MANY_FIELDS, TOO_FEW_FIELDS -> {}
            case CHANGED_TRANSACTION -> set(fields, "units", "11");
        }
    }

    private static void sell(List<String> fields, String online, String agent, String branch, String address) {
        set(fields, "is_online", online);
        set(fields, "sales_agent_id", agent);
        set(fields, "branch_id", branch);
        set(fields, "shipping_address", address);
    }

    private static void set(List<String> fields, String column, String value) {
        fields.set(Sale.COLUMNS.indexOf(column), value);
    }
}
