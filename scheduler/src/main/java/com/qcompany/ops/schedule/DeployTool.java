package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.validate.Problem;
import com.qcompany.ops.schedule.validate.Problem.Severity;
import com.qcompany.ops.schedule.validate.Validation;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.hadoop.fs.Path;

/**
 * {@code schedule validate}: checks the applications and the job properties, with no server. Prints every problem as
 * {@code file:line: text}; exits with {@link ExitCode#CHECKS_FAILED} where one stops a deployment.
 *
 * <p>{@code schedule deploy}: checks them likewise and puts them, with the job jars, on the cluster as a version of their
 * own. What runs goes on with the version it was started with. The content of an earlier version uploads nothing and makes
 * that the one that {@code schedule start} takes; that of the latest exits with {@link ExitCode#NOTHING_TO_DO}. Killed midway it leaves a hidden directory and no version.
 */
final class DeployTool {

    private DeployTool() {}

    static ExitCode validate(CommandLine line, Site site) throws IOException {
        List<Problem> problems = Validation.problems(site.applications(), site.properties());
        problems.forEach(System.out::println);
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        System.out.printf(
                "%s: %d errors, %d warnings%n", site.apps().toAbsolutePath(), errors, problems.size() - errors);
        return errors == 0 ? ExitCode.OK : ExitCode.CHECKS_FAILED;
    }

    static ExitCode deploy(CommandLine line, Site site) throws IOException {
        ExitCode checked = validate(line, site);
        if (checked != ExitCode.OK) {
            return checked;
        }
        Release release = Release.of(site);
        ReleaseStore store = new ReleaseStore(site);
        Path directory = store.directory(release.version());
        boolean isThere = store.has(release.version());
        boolean changes = !isThere || store.makeLatest(release.version());
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
                isThere ? changes ? "Latest again is" : "There is already" : "Deployed",
                release.version(),
                directory,
                directory,
                release.jars().stream()
                        .map(jar -> String.valueOf(jar.getFileName()))
                        .collect(Collectors.joining(", ")),
                directory);
        return changes ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
    }
}
