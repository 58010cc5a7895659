package com.qcompany.warehouse.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcompany.warehouse.command.CommandLineSyntax.HelpRequest;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.GenericOptionsParser;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job jar's commands: {@code hadoop jar JAR COMMAND [-D key=value] [options]}; {@code -D} may stand anywhere.
 *
 * <p>An unknown {@code q.*} key stops every command before it does anything. Where {@code q.kerberos.principal} is set,
 * the program logs in by its keytab first, and Hadoop renews the ticket as long as the program runs.
 *
 * @param watcher told of every command that was begun
 */
public record Program(String jar, List<Command> commands, Watcher watcher) {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final List<String> HELP = List.of("help", "--help", "-h");
    private static final String DEFINE = "-D";
    /** How Hadoop calls this source of a value. */
    private static final String COMMAND_LINE = "from command line";

    /** Where a command leaves word of its end. */
    private static final String REASON = "command.reason";

    private static final String KEYTAB_RENEWAL = "hadoop.kerberos.keytab.login.autorenewal.enabled";

    /** One command: its name, what it does in half a sentence, and the tool that does it. */
    public record Command(String name, String summary, Supplier<Tool> tool) {}

    /** Is told how a command ended and how long it took. */
    @FunctionalInterface
    public interface Watcher {
        void ended(Configuration conf, String command, ExitCode code, Duration took);
    }

    public Program {
        commands = List.copyOf(commands);
    }

    /** A program that nobody watches. */
    public Program(String jar, List<Command> commands) {
        this(jar, commands, (conf, command, code, took) -> {});
    }

    /**
     * Runs a command and ends the process with its exit code. As an action of Oozie it counts the action's
     * configuration, and ends as {@link OozieAction} says.
     */
    public void main(String... args) throws IOException {
        Locale.setDefault(Locale.ROOT); // else files get names in the digits of the user's language
        System.getProperties().putIfAbsent(CommandLineSyntax.CALLED_AS, "hadoop jar " + jar);
        Configuration conf = Settings.configuration();
        Optional<OozieAction> action = OozieAction.of(System::getProperty);
        if (action.isPresent()) {
            action.get().configure(conf);
        } else { // cron and containers have a locale without most letters
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        }
        ProgramResult result = result(conf, args);
        if (action.isEmpty() || !action.get().end(result, conf)) {
            System.exit(result.code().code());
        }
    }

    /** Runs a command in this process. */
    public int run(Configuration base, String... args) {
        return result(base, args).code().code();
    }

    /** Leaves word of why a command is about to end as it does, for those who read no log: a scheduler's mail. */
    public static void explain(Configuration conf, String reason) {
        conf.set(REASON, reason);
    }

    private ProgramResult result(Configuration base, String... args) {
        Configuration conf = new Configuration(base);
        String name = "";
        try {
            List<String> words = define(conf, args);
            name = words.isEmpty() ? "" : words.remove(0);
            if (name.isEmpty() || HELP.contains(name)) {
                usage(name.isEmpty() ? System.err : System.out);
                ExitCode code = name.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
                return new ProgramResult(code, code.reason());
            }
            Tool tool = tool(name);
            String[] options = new GenericOptionsParser(conf, words.toArray(String[]::new)).getRemainingArgs();
            Settings.validate(conf);
            logIn(conf);
            return watched(conf, name, tool, options);
        } catch (Exception e) {
            return ended(name, e);
        }
    }

    private ProgramResult watched(Configuration conf, String name, Tool tool, String... options) {
        long start = System.nanoTime();
        ExitCode code = ExitCode.FAILED;
        try {
            code = ExitCode.of(ToolRunner.run(conf, tool, options));
            return new ProgramResult(code, conf.get(REASON, code.reason()));
        } catch (Exception | FSError e) { // the latter is Hadoop's for a local disk that is full
            ProgramResult result = ended(name, e);
            code = result.code();
            return result;
        } finally {
            watcher.ended(conf, name, code, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** What an exception makes of a command: only one that nobody can know beforehand is logged with its stack. */
    private static ProgramResult ended(String name, Throwable e) {
        if (e instanceof HelpRequest) {
            System.out.print(e.getMessage());
            return new ProgramResult(ExitCode.OK, ExitCode.OK.reason());
        }
        boolean usage = e instanceof UsageException;
        boolean locked = e instanceof LeaseHeldException held && !held.isTakenOver();
        boolean refused = ExceptionUtils.indexOfType(e, AccessControlException.class) >= 0;
        boolean unreachable = e.getMessage() != null
                && Stream.of(SocketException.class, SocketTimeoutException.class, UnknownHostException.class)
                        .anyMatch(kind -> ExceptionUtils.indexOfType(e, kind) >= 0);
        String message = String.valueOf(e.getMessage());
        if (refused) {
            message = message.contains("Client cannot authenticate via")
                    ? "no Kerberos ticket (expected kinit, or %s)".formatted(Settings.KERBEROS_PRINCIPAL.key())
                    : StringUtils.substringBefore(message, "\n"); // the NameNode adds its stack
        }
        String reason = usage || locked ? message : "Cannot %s: %s".formatted(name, message);
        if (usage || locked || refused || unreachable || e instanceof OperatorException || e instanceof FSError) {
            LOG.error("{}", reason);
            LOG.debug("Cannot {}", name, e);
        } else {
            LOG.error("{}", reason, e);
        }
        return new ProgramResult(usage ? ExitCode.USAGE : locked ? ExitCode.LOCKED : ExitCode.FAILED, reason);
    }

    /** Sets every {@code -D key=value}, wherever it stands, and returns the other words. */
    private static List<String> define(Configuration conf, String... args) {
        List<String> words = new ArrayList<>();
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!word.startsWith(DEFINE)) {
                words.add(word);
                continue;
            }
            String definition = word.equals(DEFINE) && rest.hasNext() ? rest.next() : word.substring(DEFINE.length());
            int equals = definition.indexOf('=');
            if (equals < 1) {
                throw new UsageException("Cannot use -D %s (expected -D key=value)".formatted(definition));
            }
            conf.set(definition.substring(0, equals), definition.substring(equals + 1), COMMAND_LINE);
        }
        return words;
    }

    private Tool tool(String name) {
        return commands.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("Cannot run %s (expected one of %s)"
                        .formatted(name, commands.stream().map(Command::name).collect(Collectors.joining(", ")))))
                .tool()
                .get();
    }

    /** Logs this process in by {@code q.kerberos.keytab}, where {@code q.kerberos.principal} is set. */
    public static void logIn(Configuration conf) throws IOException {
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
        try {
            UserGroupInformation.loginUserFromKeytab(
                    SecurityUtil.getServerPrincipal(principal.get(), (String) null), keytab);
        } catch (KerberosAuthException e) {
            throw new OperatorException(
                    "cannot log in as %s: %s (expected a key of it in keytab %s, and a Kerberos server that answers)"
                            .formatted(principal.get(), ExceptionUtils.getRootCauseMessage(e), keytab),
                    e);
        }
    }

    private void usage(PrintStream out) {
        out.printf(
                "Usage: %s COMMAND [-D key=value] [options]%n",
                System.getProperty(CommandLineSyntax.CALLED_AS, "hadoop jar " + jar));
        commands.forEach(command -> out.printf("  %-9s %s%n", command.name(), command.summary()));
    }
}
