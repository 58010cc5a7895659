/** Erasing customers: who they are leaves every file, their figures stay. */
@NullMarked
package com.qcompany.batch.erase;

import org.jspecify.annotations.NullMarked;
