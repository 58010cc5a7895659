package com.qcompany.pages;

import com.qcompany.hive.ResultTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A figure of a period beside that of the period before.
 *
 * @param value of the period, rounded, with thousands separators
 * @param before of the period before; absent where that has no sales
 * @param change from one to the other, in percent or points; absent where there is nothing to compare, or
 *     nothing of which to take percents
 */
public record KeyFigure(String name, String value, Optional<String> before, Optional<String> change) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What sums of report {@code sales_by_day} are called, and their columns. */
    private static final List<Map.Entry<String, String>> SUMS = List.of(
            Map.entry("Sales", "sales"),
            Map.entry("Units sold", "units"),
            Map.entry("Paid", "total_paid"),
            Map.entry("Discount given", "discount_given"));

    /**
     * The figures of a period.
     *
     * @param days report {@code sales_by_day} of the period
     * @param daysBefore the same of the period before
     * @param rejected rejected rows of the groups that came in the period
     */
    static List<KeyFigure> of(ResultTable days, ResultTable daysBefore, BigDecimal rejected) {
        boolean comparable = !daysBefore.rows().isEmpty();
        List<KeyFigure> figures = new ArrayList<>();
        for (Map.Entry<String, String> sum : SUMS) {
            BigDecimal value = days.sum(sum.getValue());
            BigDecimal before = daysBefore.sum(sum.getValue());
            figures.add(figure(sum.getKey(), comparable, value, before, percent(value.subtract(before), before), ""));
        }
        BigDecimal online = onlineShare(days);
        BigDecimal onlineBefore = onlineShare(daysBefore);
        figures.add(figure("Share online", comparable, online, onlineBefore, online.subtract(onlineBefore), " %"));
        figures.add(figure("Rejected rows", false, rejected, BigDecimal.ZERO, BigDecimal.ZERO, ""));
        return figures;
    }

    private static KeyFigure figure(
            String name, boolean comparable, BigDecimal value, BigDecimal before, BigDecimal change, String unit) {
        String pattern = unit.isEmpty() ? "#,##0" : "0.0";
        return new KeyFigure(
                name,
                text(pattern, value) + unit,
                comparable ? Optional.of(text(pattern, before) + unit) : Optional.empty(),
                comparable && (before.signum() != 0 || !unit.isEmpty())
                        ? Optional.of(text("+0.0;-0.0", change) + (unit.isEmpty() ? " %" : " points"))
                        : Optional.empty());
    }

    /** What was paid online, in percent of all that was paid. */
    private static BigDecimal onlineShare(ResultTable days) {
        return percent(days.sum("online_paid"), days.sum("total_paid"));
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? BigDecimal.ZERO : part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP);
    }

    private static String text(String pattern, BigDecimal value) {
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }
}
