package com.qcompany.ops.schedule.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExpressionTest {

    @Test
    void tellsParametersFromFunctionsLiteralsAndOperators() {
        assertThat(Expression.in("${fs:exists(concat(nameNode, '/a b')) and size gt 3 * MB ? yes : \"no\"}"))
                .singleElement()
                .satisfies(expression -> {
                    assertThat(expression.names()).containsExactlyInAnyOrder("nameNode", "size", "yes");
                    assertThat(expression.functions()).containsExactlyInAnyOrder("fs:exists", "concat");
                });
    }

    @Test
    void findsEveryExpressionOfAText() {
        assertThat(Expression.in("${a}/x/${b.c}-$d"))
                .flatExtracting(Expression::names)
                .containsExactly("a", "b.c");
    }

    @Test
    void aBraceInALiteralDoesNotEndIt() {
        assertThat(Expression.in("${concat('}', a)}"))
                .flatExtracting(Expression::names)
                .containsExactly("a");
    }

    @Test
    void refusesOneThatDoesNotEnd() {
        assertThatThrownBy(() -> Expression.in("x ${a")).hasMessageContaining("Cannot read expression: ${a (expected");
    }
}
