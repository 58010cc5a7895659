package com.qcompany.ops;

import java.io.IOException;
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

    void step(String title) {
        steps++;
        out.printf("%n== %d. %s%n", steps, title);
    }

    void say(String sentence) {
        out.println("   " + sentence);
    }

    /** A command that runs next; its own output follows. */
    void command(String... words) {
        out.printf("$ q %s%n", String.join(" ", words));
    }

    void table(List<DemoCheck> checks) {
        say(String.format(Locale.ROOT, "%-42s %15s %15s", "", "EXPECTED", "FOUND"));
        checks.forEach(check -> say(check.line()));
    }

    /** The last word: how long it all took and what to try next. */
    void end(Path directory) throws IOException {
        out.printf(
                SiteFiles.template("demo-end.txt"),
                total.elapsed(),
                directory,
                directory.resolve("pages/index.html").toUri());
    }
}
