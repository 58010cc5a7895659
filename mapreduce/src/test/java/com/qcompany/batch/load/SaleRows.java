package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;

/** Rows of sales, as they travel through the shuffle, for tests. */
final class SaleRows {

    private SaleRows() {}

    /** A sale in a branch that differs from others by its id only. */
    static Row row(String id) {
        return new Row(StarSchema.SALES_TRANSACTIONS_FACT)
                .set("transaction_id", id)
                .set("customer_id", 7)
                .set("product_id", 22)
                .set("units", 3)
                .set("unit_price", new BigDecimal("79.9900"))
                .set("discount_percentage", 0)
                .set("total_paid_price", new BigDecimal("239.9700"))
                .set("is_online", false)
                .set("payment_method", "Cash");
    }
}
