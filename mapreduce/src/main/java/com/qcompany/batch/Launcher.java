package com.qcompany.batch;

import com.qcompany.warehouse.command.JarLauncher;
import java.io.IOException;

/** Entry point of the job jar: runs {@link Main} with the jar's own libraries; tasks get the same by a setting. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) throws IOException {
        JarLauncher.launch(Launcher.class, "com.qcompany.batch.Main", args);
    }
}
