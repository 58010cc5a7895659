package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.JarLauncher;
import java.io.IOException;

/** Entry point of the jar: runs {@link Main} with the jar's own libraries. */
public final class Launcher {

    private Launcher() {}

    /** Runs a command; see {@link Main}. */
    public static void main(String[] args) throws IOException {
        JarLauncher.launch(Launcher.class, "com.qcompany.ops.schedule.Main", args);
    }
}
