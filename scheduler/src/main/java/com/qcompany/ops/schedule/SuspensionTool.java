package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule pause} and {@code schedule resume}: a paused bundle begins no hour and no further step; a step that
 * runs ends. Resumed, it goes on there, hours that came meanwhile in order.
 *
 * <p>Exits with {@link ExitCode#NOTHING_TO_DO} where no bundle runs.
 */
public final class SuspensionTool extends Configured implements Tool {

    private final boolean suspends;
    private final CommandLineSyntax syntax;

    private SuspensionTool(boolean suspends, String command) {
        this.suspends = suspends;
        this.syntax = CommandLineSyntax.of(command, Site.options());
    }

    static SuspensionTool pause() {
        return new SuspensionTool(true, "schedule pause");
    }

    static SuspensionTool resume() {
        return new SuspensionTool(false, "schedule resume");
    }

    @Override
    public int run(String[] args) throws IOException, OozieClientException {
        Site site;
        try {
            site = Site.of(syntax.parseOptions(args), getConf());
        } catch (IllegalArgumentException e) {
            return syntax.refuse(e).code();
        }
        return change(OozieJobs.of(getConf()), ReleaseStore.of(site).latest().bundle())
                .code();
    }

    private ExitCode change(OozieJobs jobs, String name) throws OozieClientException {
        Optional<BundleJob> bundle = jobs.bundle(name);
        if (bundle.isEmpty()) {
            System.out.printf("No %s runs%n", name);
            return ExitCode.NOTHING_TO_DO;
        }
        String id = bundle.get().getId();
        if (suspends) {
            jobs.client().suspend(id);
        } else {
            jobs.client().resume(id);
        }
        System.out.printf("%s %s, %s%n", suspends ? "Paused" : "Resumed", name, id);
        return ExitCode.OK;
    }
}
