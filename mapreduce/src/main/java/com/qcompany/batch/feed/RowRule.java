package com.qcompany.batch.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule across the columns of a record that an expression cannot say, as a class with a constructor without parameters.
 * {@link java.util.ServiceLoader} finds it; a contract names it by its class, as the {@code implementation} of a rule
 * with {@code engine: java}. Its name, description and severity are the contract's.
 *
 * <p>A task uses an object of its own, one thread at a time. The answer depends on the values alone, so that a rerun gives
 * the same. An exception fails the load.
 */
public interface RowRule {

    /** Fields it reads: columns, parts and derived values. The rule is not applied where one of them is broken. */
    List<String> reads();

    /**
     * Whether the rule holds.
     *
     * @param values of the fields that it reads, in their order and of the classes of their types; null where absent
     */
    boolean holds(@Nullable Object[] values);
}
