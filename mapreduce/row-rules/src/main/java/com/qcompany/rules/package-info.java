/** Rules of contracts that an expression cannot say. */
@NullMarked
package com.qcompany.rules;

import org.jspecify.annotations.NullMarked;
