package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code schedule deploy}: checks the applications and puts them, with the job jars and the job properties, on the
 * cluster as a version of their own. What runs goes on with the version it was started with.
 *
 * <p>The same content again uploads nothing and exits with {@link ExitCode#NOTHING_TO_DO}; applications with errors exit
 * with {@link ExitCode#CHECKS_FAILED}. Killed midway it leaves a hidden directory and no version.
 */
public final class DeployTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("schedule deploy", Site.options());

    @Override
    public int run(String[] args) throws IOException {
        Site site;
        try {
            site = Site.of(SYNTAX.parseOptions(args), getConf());
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        ExitCode checked = ValidateTool.report(site);
        return (checked == ExitCode.OK ? deploy(site) : checked).code();
    }

    private static ExitCode deploy(Site site) throws IOException {
        Release release = Release.of(site);
        ReleaseStore store = ReleaseStore.of(site);
        boolean isThere = store.has(release.version());
        if (!isThere) {
            store.put(release);
        }
        System.out.printf(
                """
                %s version %s
                  applications  %s
                  job jars      %s/lib: %s
                Submit it: q schedule start, or oozie job -run -config job.properties with %s/job.properties
                """,
                isThere ? "There is already" : "Deployed",
                release.version(),
                store.directory(release.version()),
                store.directory(release.version()),
                String.join(
                        ", ",
                        release.jars().stream()
                                .map(jar -> String.valueOf(jar.getFileName()))
                                .toList()),
                store.directory(release.version()));
        return isThere ? ExitCode.NOTHING_TO_DO : ExitCode.OK;
    }
}
