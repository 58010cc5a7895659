package com.qcompany.rules;

import com.qcompany.batch.feed.RowRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A postal code of the United States begins with a digit of its state's region, as the Postal Service divides the country.
 * A state that is not known, or a missing part, breaks nothing.
 */
public final class PostalCodeOfState implements RowRule {

    /** States by the first digit of their postal codes; New York and Texas have codes of two regions. */
    private static final List<Set<String>> STATES_BY_DIGIT = Stream.of(
                    "CT MA ME NH NJ NY PR RI VI VT",
                    "DE NY PA",
                    "DC MD NC SC VA WV",
                    "AL FL GA MS TN",
                    "IN KY MI OH",
                    "IA MN MT ND SD WI",
                    "IL KS MO NE",
                    "AR LA OK TX",
                    "AZ CO ID NM NV TX UT WY",
                    "AK CA HI OR WA")
            .map(states -> Set.of(states.split(" ")))
            .toList();

    @Override
    public List<String> reads() {
        return List.of("shipping_state", "shipping_postal_code");
    }

    @Override
    public boolean holds(@Nullable Object[] values) {
        if (values[0] == null || values[1] == null) {
            return true;
        }
        String state = values[0].toString().toUpperCase(Locale.ROOT);
        int digit = "0123456789".indexOf(values[1].toString().charAt(0));
        return STATES_BY_DIGIT.stream().noneMatch(states -> states.contains(state))
                || (digit >= 0 && STATES_BY_DIGIT.get(digit).contains(state));
    }
}
