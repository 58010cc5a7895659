package com.qcompany.rules;

import com.qcompany.batch.feed.RowRule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A postal code of the United States begins with a digit of its state's region, as the Postal Service divides the country.
 * A state that is not known, or a missing part, breaks nothing.
 */
public final class PostalCodeOfState implements RowRule {

    /** States by the first digit of their postal codes; New York and Texas have codes of two regions. */
    private static final List<String> STATES_BY_DIGIT = List.of(
            "CT MA ME NH NJ NY PR RI VI VT",
            "DE NY PA",
            "DC MD NC SC VA WV",
            "AL FL GA MS TN",
            "IN KY MI OH",
            "IA MN MT ND SD WI",
            "IL KS MO NE",
            "AR LA OK TX",
            "AZ CO ID NM NV TX UT WY",
            "AK CA HI OR WA");

    private static final Map<String, String> DIGITS_BY_STATE = digitsByState();

    @Override
    public List<String> reads() {
        return List.of("shipping_state", "shipping_postal_code");
    }

    @Override
    public boolean holds(@Nullable Object[] values) {
        if (values[0] == null || values[1] == null) {
            return true;
        }
        String digits = DIGITS_BY_STATE.get(values[0].toString().toUpperCase(Locale.ROOT));
        return digits == null || digits.indexOf(values[1].toString().charAt(0)) >= 0;
    }

    private static Map<String, String> digitsByState() {
        Map<String, String> digits = new HashMap<>();
        for (int digit = 0; digit < STATES_BY_DIGIT.size(); digit++) {
            for (String state : STATES_BY_DIGIT.get(digit).split(" ")) {
                digits.merge(state, String.valueOf(digit), String::concat);
            }
        }
        return Map.copyOf(digits);
    }
}
