/**
 * The balance: recomputes from the raw files what must be published, by a small job of its own, and names every
 * difference. It shares no parser, no rule and no reader of sales with the load, so that a fault of the load is found here.
 */
@NullMarked
package com.qcompany.balance;

import org.jspecify.annotations.NullMarked;
