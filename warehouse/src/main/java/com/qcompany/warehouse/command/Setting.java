package com.qcompany.warehouse.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * One typed configuration key.
 *
 * @param defaultText default as it would be written in a file; empty where unset is meaningful
 * @param unit unit of the value, or what it is (path, url, text)
 * @param secret whether it is masked when printed and read from a credential provider
 * @param parser from text to the value; throws IllegalArgumentException saying what is allowed
 */
public record Setting<T>(
        String key, String defaultText, String unit, String doc, boolean secret, Function<String, T> parser) {

    public T get(Configuration conf) {
        String text = text(conf);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UsageException(
                    "Cannot read %s: %s (expected %s: %s)".formatted(key, shown(conf), unit, e.getMessage()), e);
        }
    }

    /** The effective value, or empty where it is unset and has no default. */
    public Optional<T> find(Configuration conf) {
        return text(conf).isEmpty() && defaultText.isEmpty() ? Optional.empty() : Optional.of(get(conf));
    }

    /** The effective value as it may be shown: without secrets. */
    public String shown(Configuration conf) {
        String text = text(conf);
        return secret && !text.isEmpty() ? Secrets.MASK : Secrets.masked(text);
    }

    private String text(Configuration conf) {
        if (!secret) {
            return conf.getTrimmed(key, defaultText);
        }
        try {
            char[] password = conf.getPassword(key);
            return password == null ? defaultText : new String(password);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s from its credential provider".formatted(key), e);
        }
    }
}
