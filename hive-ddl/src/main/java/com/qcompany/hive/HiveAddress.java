package com.qcompany.hive;

import com.qcompany.warehouse.command.Secrets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC URL of a HiveServer2, {@code jdbc:hive2://HOST:PORT/DB;PARAMETER=VALUE;…?SETTINGS#VARIABLES}. As text it is
 * only what lies before the parameters, since these may hold a secret.
 */
record HiveAddress(String url) {

    private static final String TIMEOUT = "socketTimeout";
    private static final Pattern PARAMETERS = Pattern.compile("(jdbc:hive2://[^;?#\\s]*)[;?#]\\S*");
    private static final Pattern BEFORE_SETTINGS = Pattern.compile("^(jdbc:hive2://[^/;?#]*)(/?)([^?#]*)");
    private static final Pattern SECRET = Pattern.compile("(?i).*" + Secrets.WORDS + "[^=]*=.+");

    /** The URL with a bound for every single answer, unless it sets one itself. */
    String withAnswerTimeout(Duration timeout) {
        String set = "$1/$3;%s=%d".formatted(TIMEOUT, timeout.toMillis());
        return url.contains(";" + TIMEOUT + "=")
                ? url
                : BEFORE_SETTINGS.matcher(url).replaceFirst(set);
    }

    /** A message in which no URL has parameters, and none of this URL's secrets stands. */
    String hideIn(String message) {
        String hidden = message;
        for (String secret : secrets()) {
            hidden = hidden.replace(secret, "…");
        }
        return PARAMETERS.matcher(hidden).replaceAll("$1");
    }

    /** What a failure comes from, for the log: the innermost cause, and nothing if it names the URL. */
    @Nullable
    Throwable causeWithoutUrl(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        String message = String.valueOf(innermost.getMessage());
        return hideIn(message).equals(message) ? innermost : null;
    }

    private List<String> secrets() {
        return Arrays.stream(url.split("[;?#&]"))
                .filter(part -> SECRET.matcher(part).matches())
                .map(part -> part.substring(part.indexOf('=') + 1))
                .toList();
    }

    @Override
    public String toString() {
        return url.split("[;?#]", 2)[0];
    }
}
