package com.qcompany.warehouse.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of values that settings have, and the settings of one class in the order they are declared. */
final class SettingDeclarations {

    private final List<Setting<?>> declared = new ArrayList<>();

    List<Setting<?>> all() {
        return List.copyOf(declared);
    }

    Setting<String> text(String key, String defaultText, String unit, String doc) {
        return declare(key, defaultText, unit, doc, text -> {
            if (text.isEmpty() && !defaultText.isEmpty()) {
                throw new IllegalArgumentException("not empty");
            }
            return text;
        });
    }

    Setting<String> secret(String key, String doc) {
        return register(new Setting<>(key, "", "secret", doc, true, Function.identity()));
    }

    Setting<Integer> count(String key, String defaultText, String unit, String doc) {
        return declare(key, defaultText, unit, doc, text -> atLeast(1, Integer.valueOf(text)));
    }

    Setting<Integer> countOrNone(String key, String defaultText, String unit, String doc) {
        return declare(key, defaultText, unit, doc, text -> atLeast(0, Integer.valueOf(text)));
    }

    Setting<Long> bytes(String key, long defaultBytes, String doc) {
        return declare(key, Long.toString(defaultBytes), "bytes", doc, text -> atLeast(1L, Long.valueOf(text)));
    }

    Setting<Duration> seconds(String key, String defaultText, String doc) {
        return seconds(0, key, defaultText, doc);
    }

    Setting<Duration> seconds(int least, String key, String defaultText, String doc) {
        return declare(
                key, defaultText, "seconds", doc, text -> Duration.ofSeconds(atLeast(least, Integer.valueOf(text))));
    }

    Setting<Double> share(String key, String defaultText, String doc) {
        return declare(key, defaultText, "share 0 to 1", doc, text -> {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("0 to 1");
            }
            return value;
        });
    }

    static String identifier(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("letters, digits and underscores");
        }
        return text;
    }

    <T> Setting<T> declare(String key, String defaultText, String unit, String doc, Function<String, T> parser) {
        return register(new Setting<>(key, defaultText, unit, doc, false, parser));
    }

    private <T> Setting<T> register(Setting<T> setting) {
        declared.add(setting);
        return setting;
    }

    /** One of an enum's constants, written in lower case with dashes. */
    <E extends Enum<E>> Setting<E> choice(String key, E defaultValue, String doc) {
        Class<E> type = defaultValue.getDeclaringClass();
        String allowed = Arrays.stream(type.getEnumConstants())
                .map(SettingDeclarations::written)
                .collect(Collectors.joining(" or "));
        return declare(key, written(defaultValue), allowed, doc, text -> constant(type, text));
    }

    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + text));
    }

    private static <N extends Comparable<N>> N atLeast(N least, N value) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("at least " + least);
        }
        return value;
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
