package com.qcompany.batch.feed;

/** An entry of {@code quality} in a contract: a rule for each record or value, or what is expected of a whole file. */
sealed interface Quality permits Contract.Rule, FeedColumn.ValidValues, Expectation {}
