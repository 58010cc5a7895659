package com.qcompany.ops;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the demo says: numbered steps, the commands in them as a user would type them, their times. */
final class Narration {

    private final PrintStream out;
    private final Stopwatch total;
    private int steps;

    Narration(PrintStream out) {
        this.out = out;
        this.total = new Stopwatch(out::println);
    }

    /** Begins a step. */
    void step(String title) {
        steps++;
        out.printf("%n== %d. %s%n", steps, title);
    }

    /** One sentence. */
    void say(String sentence) {
        out.println("   " + sentence);
    }

    /** A command that runs next; its own output follows. */
    void command(String... words) {
        out.printf("$ q %s%n", String.join(" ", words));
    }

    /** Checks, one a line. */
    void table(List<DemoCheck> checks) {
        say(String.format(Locale.ROOT, "%-42s %15s %15s", "", "EXPECTED", "FOUND"));
        checks.forEach(check -> say(check.line()));
    }

    /** The last word: how long it all took and what to try next. */
    void end(Path directory) {
        out.printf(
                """

                == The demo took %s. Its files are in %s.

                   What to look at, in a browser:
                     %s

                   What to try next:
                     ops/bin/q up                                    a stack that stays, with data that survives
                     ops/bin/q ddl                                   database, tables and views
                     ops/bin/q generate --groups 24 --rows 1500 --out landing
                     ops/bin/q ingest --all --landing landing --now  the groups into HDFS
                     ops/bin/q load                                  all of them in one MapReduce job
                     ops/bin/q events produce --rate 0 --count 100000 --seed 1
                     ops/bin/q events consume --until-caught-up      the topic into hourly Parquet
                     ops/bin/q report                                the reports
                     ops/bin/q ui                                    the pages, of any period
                     ops/bin/q audit                                 checks over whole tables
                     ops/bin/q beeline -e 'SELECT * FROM q_dwh.product_dim_current LIMIT 5'
                     ops/bin/q hdfs dfs -ls -R /q/raw
                     ops/bin/q kafka consumer-groups --describe --group q-app-logs
                     ops/bin/q demo --raw DIR                        the demo on your own groups
                     ops/bin/q down
                """,
                total.elapsed(),
                directory,
                directory.resolve("pages/index.html").toUri());
    }
}
