package com.qcompany.ops.bench;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** The commands of a program. */
@FunctionalInterface
interface Commands {

    /** Runs one, its options behind its name, and returns its exit code. */
    int run(Configuration conf, String... args);

    /** Runs one that must succeed. */
    default void require(Configuration conf, String... args) throws IOException {
        int code = run(conf, args);
        if (code != ExitCode.OK.code()) {
            throw new IOException("Cannot run %s: exit code %d".formatted(String.join(" ", args), code));
        }
    }
}
