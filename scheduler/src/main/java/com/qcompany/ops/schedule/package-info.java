/** Deploys the Oozie applications and runs them by the real Oozie client: {@code q schedule COMMAND}. */
@NullMarked
package com.qcompany.ops.schedule;

import org.jspecify.annotations.NullMarked;
