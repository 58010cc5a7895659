package com.qcompany.batch.feed;

import java.util.List;
import org.apache.commons.jexl3.JexlArithmetic.NullOperand;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/**
 * An expression of a contract over a record's fields, in Apache Commons JEXL: one expression, without loops,
 * assignments or new objects, and with exact numbers. An operation with an absent operand is absent. Not thread-safe.
 */
final class Formula {

    private static final JexlEngine ENGINE = new JexlBuilder()
            .permissions(JexlPermissions.RESTRICTED)
            .arithmetic(new ExactArithmetic())
            .features(new JexlFeatures()
                    .script(false)
                    .loops(false)
                    .lambda(false)
                    .localVar(false)
                    .sideEffect(false)
                    .sideEffectGlobal(false)
                    .newInstance(false)
                    .annotation(false)
                    .pragma(false))
            .strict(true)
            .safe(false)
            .silent(false)
            .create();

    private final String owner;
    private final Class<?> result;
    private final int[] reads;
    private final JexlScript script;

    /** Refuses what is no expression or reads an undeclared field. */
    Formula(String owner, String text, FeedFields fields, Class<?> result) {
        this.owner = owner;
        this.result = result;
        try {
            List<String> names = ENGINE.createScript(text).getVariables().stream()
                    .map(path -> path.get(0))
                    .toList();
            this.reads = fields.indexesOf(names);
            this.script = ENGINE.createScript(text, names.toArray(String[]::new));
        } catch (JexlException | IllegalArgumentException e) {
            throw cannotUse(owner, text, e);
        }
    }

    /** The fields it reads. */
    int[] reads() {
        return reads;
    }

    /**
     * The result for a record; null where an operand is absent.
     *
     * @throws ArithmeticException if the record has none: no decimal holds it, or a text is too short for {@code substring}
     */
    @Nullable
    Object of(RowDraft row) {
        try {
            return result.cast(script.execute(null, row.values(reads)));
        } catch (JexlException e) {
            boolean absent = e instanceof JexlException.Variable variable && !variable.isUndefined();
            if (absent || e.getCause() instanceof NullOperand) {
                return null;
            }
            if (e.getCause() instanceof ArithmeticException inexact) {
                throw inexact;
            }
            if (e.getCause() instanceof IndexOutOfBoundsException tooShort) {
                throw new ArithmeticException(tooShort.getMessage());
            }
            throw cannotUse(owner, script.getSourceText(), e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw cannotUse(owner, script.getSourceText(), e);
        }
    }

    private static IllegalArgumentException cannotUse(String owner, String text, RuntimeException cause) {
        return new IllegalArgumentException(
                "Cannot use expression of %s: %s (%s)".formatted(owner, text, cause.getMessage()), cause);
    }
}
