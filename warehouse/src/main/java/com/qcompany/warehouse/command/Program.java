package com.qcompany.warehouse.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.GenericOptionsParser;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job jar's commands: {@code hadoop jar JAR COMMAND [-D key=value] [options]}.
 *
 * <p>An unknown {@code q.*} key stops every command before it does anything. Where {@code q.kerberos.principal} is set,
 * the program logs in by its keytab first, and Hadoop renews the ticket as long as the program runs.
 *
 * @param jar name of the jar, for the usage
 * @param commands what it can do
 */
public record Program(String jar, List<Command> commands) {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final String KEYTAB_RENEWAL = "hadoop.kerberos.keytab.login.autorenewal.enabled";

    /** One command: its name, what it does in half a sentence, and the tool that does it. */
    public record Command(String name, String summary, Supplier<Tool> tool) {}

    public Program {
        commands = List.copyOf(commands);
    }

    /**
     * Runs a command and ends the process with its exit code. As an action of Oozie it counts the action's
     * configuration, and ends as {@link OozieAction} says.
     *
     * @param args the command's name, then its options
     */
    public void main(String... args) throws IOException {
        Configuration conf = Settings.configuration();
        Optional<OozieAction> action = OozieAction.of(System::getProperty);
        if (action.isPresent()) {
            action.get().configure(conf);
        }
        ProgramResult result = result(conf, args);
        if (action.isEmpty() || !action.get().end(result)) {
            System.exit(result.code().code());
        }
    }

    /**
     * Runs a command in this process.
     *
     * @param args the command's name, then its options
     * @return an exit code of {@link ExitCode}
     */
    public int run(Configuration base, String... args) {
        return result(base, args).code().code();
    }

    private ProgramResult result(Configuration base, String... args) {
        Optional<Command> command = args.length == 0
                ? Optional.empty()
                : commands.stream()
                        .filter(known -> known.name().equals(args[0]))
                        .findFirst();
        if (command.isEmpty()) {
            usage();
            return ProgramResult.of(ExitCode.USAGE);
        }
        Configuration conf = new Configuration(base);
        try {
            String[] options =
                    new GenericOptionsParser(conf, Arrays.copyOfRange(args, 1, args.length)).getRemainingArgs();
            Settings.validate(conf);
            logIn(conf);
            return ProgramResult.of(
                    ExitCode.of(ToolRunner.run(conf, command.get().tool().get(), options)));
        } catch (UsageException e) {
            LOG.error("{}", e.getMessage());
            LOG.debug("Cannot run {}", args[0], e);
            return new ProgramResult(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (OperatorException e) {
            LOG.error("Cannot {}: {}", args[0], e.getMessage());
            LOG.debug("Cannot {}", args[0], e);
            return new ProgramResult(ExitCode.FAILED, "Cannot %s: %s".formatted(args[0], e.getMessage()));
        } catch (Exception e) {
            LOG.error("Cannot {}: {}", args[0], e.getMessage(), e);
            return new ProgramResult(ExitCode.FAILED, "Cannot %s: %s".formatted(args[0], e.getMessage()));
        }
    }

    private static void logIn(Configuration conf) throws IOException {
        Optional<String> principal = Settings.KERBEROS_PRINCIPAL.find(conf);
        if (principal.isEmpty()) {
            return;
        }
        String keytab = Settings.KERBEROS_KEYTAB
                .find(conf)
                .orElseThrow(() -> new UsageException("Cannot log in as %s: %s is not set (expected a file)"
                        .formatted(principal.get(), Settings.KERBEROS_KEYTAB.key())));
        conf.setBoolean(KEYTAB_RENEWAL, true);
        UserGroupInformation.setConfiguration(conf);
        UserGroupInformation.loginUserFromKeytab(
                SecurityUtil.getServerPrincipal(principal.get(), (String) null), keytab);
    }

    private void usage() {
        System.err.printf("Usage: hadoop jar %s COMMAND [-D key=value] [options]%n", jar);
        commands.forEach(command -> System.err.printf("  %-9s %s%n", command.name(), command.summary()));
    }
}
