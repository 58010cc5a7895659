package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.validate.Problem;
import com.qcompany.ops.schedule.validate.Problem.Severity;
import com.qcompany.ops.schedule.validate.Validation;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code schedule validate}: checks the applications and the job properties, with no server. Prints every problem as
 * {@code file:line: text}; exits with {@link ExitCode#CHECKS_FAILED} where one stops a deployment.
 */
public final class ValidateTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("schedule validate", Site.options());

    @Override
    public int run(String[] args) throws IOException {
        Site site;
        try {
            site = Site.of(SYNTAX.parseOptions(args), getConf());
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        return report(site).code();
    }

    /** Prints the problems and says whether the site can be deployed. */
    static ExitCode report(Site site) throws IOException {
        List<Problem> problems = Validation.problems(site.applications(), site.properties());
        problems.forEach(System.out::println);
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        System.out.printf(
                "%s: %d errors, %d warnings%n", site.apps().toAbsolutePath(), errors, problems.size() - errors);
        return errors == 0 ? ExitCode.OK : ExitCode.CHECKS_FAILED;
    }
}
