package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.qcompany.warehouse.contract.DataContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a contract expects of a measured metric of a file: fixed, or compared with the hours before.
 *
 * <pre>
 * - {type: library, metric: nullValues, unit: percent, mustBeLessOrEqualTo: 5, name: …, description: …}
 * - {type: library, metric: rowCount, mustBeGreaterOrEqualTo: 1, name: …, description: …}
 * - {type: custom, engine: metrics, implementation: {metric: mean, ofLastHours: 24}, unit: percent,
 *    mustBeBetween: [50, 200], severity: error, name: …, description: …}
 * </pre>
 *
 * <p>Of the standard's library there are the two above. With {@code ofLastHours} the bounds are percent of the mean of
 * these hours; without, {@code implementation} may be the metric's name alone. Severity {@code error} refuses the group of
 * the file, {@code warning}, which is the default, does not.
 */
@JsonIgnoreProperties({"businessImpact", "dimension", "id", "tags"})
public record Expectation(
        @JsonProperty(required = true) String type,
        @Nullable String engine,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String description,
        Severity severity,
        @Nullable String metric,
        @Nullable String unit,
        @Nullable BigDecimal mustBeGreaterOrEqualTo,
        @Nullable BigDecimal mustBeLessOrEqualTo,
        List<BigDecimal> mustBeBetween,
        Measured implementation)
        implements Quality {

    private static final String PERCENT = "percent";

    /** What becomes of the group where it is not met. */
    public enum Severity {
        @JsonProperty("warning")
        WARNING,
        @JsonProperty("error")
        ERROR
    }

    /** A metric, and with how many hours before it is compared; 0 for none. */
    public record Measured(@JsonProperty(required = true) String metric, int ofLastHours) {

        /** A metric that is compared with no other hour. */
        @JsonCreator
        static Measured of(String metric) {
            return new Measured(metric, 0);
        }
    }

    /** Lowest and highest value that are right; null where there is no bound. */
    public record Range(@Nullable BigDecimal least, @Nullable BigDecimal most) {
        private static final int SCALE = 6;

        public Range {
            least = least == null ? null : least.setScale(SCALE, RoundingMode.HALF_UP);
            most = most == null ? null : most.setScale(SCALE, RoundingMode.HALF_UP);
        }

        /** Whether a value lies in it. */
        public boolean has(BigDecimal value) {
            return (least == null || value.compareTo(least) >= 0) && (most == null || value.compareTo(most) <= 0);
        }
    }

    public Expectation {
        severity = severity == null ? Severity.WARNING : severity;
        mustBeBetween = Contract.orEmpty(mustBeBetween);
        if (type.equals("library")) {
            boolean isShare = "nullValues".equals(metric);
            if (!isShare) {
                DataContract.require("metric of " + name, metric, "rowCount");
            }
            implementation = new Measured(isShare ? MeasuredColumn.COMPLETENESS : MeasuredColumn.RECORDS, 0);
            requirePercent(name, unit, isShare);
        } else {
            DataContract.require("type of " + name, type, "custom");
            DataContract.require("engine of rule " + name, engine, "metrics");
            if (implementation == null) {
                throw new IllegalArgumentException("Cannot use %s without implementation".formatted(name));
            }
            requirePercent(name, unit, implementation.ofLastHours() > 0);
        }
        boolean isBetween = mustBeBetween.size() == 2 && mustBeGreaterOrEqualTo == null && mustBeLessOrEqualTo == null;
        boolean isBound = mustBeBetween.isEmpty() && (mustBeGreaterOrEqualTo != null || mustBeLessOrEqualTo != null);
        if (!isBetween && !isBound) {
            throw new IllegalArgumentException(
                    "Cannot use bounds of %s (expected mustBeBetween: [a, b], or mustBeGreaterOrEqualTo and mustBeLessOrEqualTo)"
                            .formatted(name));
        }
    }

    private static void requirePercent(String name, @Nullable String unit, boolean needed) {
        if (needed != PERCENT.equals(unit)) {
            throw new IllegalArgumentException(
                    "Cannot use unit of %s: %s (expected %s)".formatted(name, unit, needed ? PERCENT : "none"));
        }
    }

    /** The metric that is expected. */
    public String measuredMetric() {
        return implementation.metric();
    }

    /** With how many hours before it is compared; 0 for none. */
    public int lastHours() {
        return implementation.ofLastHours();
    }

    /** The right values; where it compares, with a mean of earlier hours. */
    public Range range(BigDecimal mean) {
        BigDecimal least = mustBeBetween.isEmpty() ? mustBeGreaterOrEqualTo : mustBeBetween.get(0);
        BigDecimal most = mustBeBetween.isEmpty() ? mustBeLessOrEqualTo : mustBeBetween.get(1);
        if (lastHours() > 0) {
            return new Range(share(least, mean), share(most, mean));
        }
        return type.equals("library") && PERCENT.equals(unit)
                ? new Range(complement(most), complement(least))
                : new Range(least, most);
    }

    private static @Nullable BigDecimal share(@Nullable BigDecimal percent, BigDecimal of) {
        return percent == null ? null : percent.multiply(of).movePointLeft(2);
    }

    private static @Nullable BigDecimal complement(@Nullable BigDecimal percent) {
        return percent == null ? null : BigDecimal.ONE.subtract(percent.movePointLeft(2));
    }
}
