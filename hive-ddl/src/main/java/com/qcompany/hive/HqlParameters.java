package com.qcompany.hive;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Values of the variables of an {@link HqlScript}, the {@code --hivevar} of beeline.
 *
 * <p>Every value is checked for its kind before it becomes part of a statement, so that none can end a literal or a
 * statement early.
 */
public final class HqlParameters {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:hivevar:)?(?<name>[^}]*)}");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern UNSAFE_IN_LOCATION = Pattern.compile("['\"`\\\\;$\\p{Cntrl}]");

    private final Map<String, String> values = new TreeMap<>();

    /** Parameters with {@code db} only. */
    public static HqlParameters ofDatabase(String database) {
        return new HqlParameters().identifier("db", database);
    }

    /** Sets a name of a database, table or column. */
    public HqlParameters identifier(String name, String identifier) {
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw new IllegalArgumentException(
                    "Cannot use %s as %s (expected letters, digits and underscores)".formatted(identifier, name));
        }
        return put(name, identifier);
    }

    /** Sets a date, written {@code uuuu-MM-dd}. */
    public HqlParameters date(String name, LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new IllegalArgumentException(
                    "Cannot use %s as %s (expected a year from 1 to 9999)".formatted(date, name));
        }
        return put(name, date.toString());
    }

    /** Sets a number of rows, 0 or more. */
    public HqlParameters count(String name, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Cannot use %d as %s (expected 0 or more)".formatted(count, name));
        }
        return put(name, Integer.toString(count));
    }

    public HqlParameters location(String name, Path directory) {
        return put(name, checkedLocation(directory));
    }

    /** Text of a directory that can stand between single quotes in a statement. */
    static String checkedLocation(Path directory) {
        String text = directory.toString();
        if (UNSAFE_IN_LOCATION.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "Cannot use location %s (expected a path without quotes, backslash, semicolon, $ and control characters)"
                            .formatted(text));
        }
        return text;
    }

    String resolve(String text) {
        return VARIABLE.matcher(text).replaceAll(variable -> Matcher.quoteReplacement(value(variable.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Cannot resolve variable ${%s} (expected one of %s)".formatted(name, values.keySet()));
        }
        return value;
    }

    private HqlParameters put(String name, String value) {
        values.put(name, value);
        return this;
    }
}
