package com.qcompany.warehouse.command;

import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * This process, where it is the launcher of an Oozie {@code java} action.
 *
 * <p>Oozie repeats an action that threw an exception, and one whose exit code is not 0 only where its server is told
 * to. So {@link ExitCode#FAILED} and {@link ExitCode#LOCKED}, where a repetition can help, end in an exception that says
 * why; {@link ExitCode#USAGE} and {@link ExitCode#CHECKS_FAILED} end the action at once, their number being its error
 * code. Since Oozie knows no more of these than the number, why is left in {@link Layout#failure}. After the others the
 * workflow goes on and sees {@code wf:actionData('NODE')['outcome']}, the name of the {@link ExitCode}, and
 * {@code ['reason']}, if it captures the output.
 *
 * @param id what Oozie calls the action, {@code WORKFLOW@NODE}
 */
record OozieAction(Path output, Path configuration, String id) {

    private static final String OUTPUT_PROPERTY = "oozie.action.output.properties";
    private static final String CONFIGURATION_PROPERTY = "oozie.action.conf.xml";
    private static final String ID_PROPERTY = "oozie.action.id";
    /** Oozie takes 2,048 bytes of output, in which a character may be six. */
    private static final int MAX_REASON = 300;

    /** The action that a process runs in, by its system properties. */
    static Optional<OozieAction> of(Function<String, String> properties) {
        String output = properties.apply(OUTPUT_PROPERTY);
        String configuration = properties.apply(CONFIGURATION_PROPERTY);
        String id = properties.apply(ID_PROPERTY);
        return output == null || configuration == null || id == null
                ? Optional.empty()
                : Optional.of(new OozieAction(Path.of(output), Path.of(configuration), id));
    }

    /** Adds what the workflow sets: {@code q.*} keys, the queue, the tag by which Oozie finds the jobs of an action. */
    void configure(Configuration conf) {
        conf.addResource(new org.apache.hadoop.fs.Path(configuration.toUri()));
    }

    /** Tells Oozie how a program ended: true if the action has succeeded; an exception makes Oozie repeat it. */
    boolean end(ProgramResult result, Configuration conf) throws IOException {
        return switch (result.code()) {
            case FAILED, LOCKED -> throw new ActionFailedException(result.code() + ": " + result.reason());
            case USAGE, CHECKS_FAILED -> {
                org.apache.hadoop.fs.Path failure = Layout.of(conf).failure(id);
                try (OutputStream out = failure.getFileSystem(conf).create(failure, true)) {
                    out.write(result.reason().getBytes(StandardCharsets.UTF_8));
                }
                yield false;
            }
            case OK, NOTHING_TO_DO -> {
                Properties properties = new Properties();
                properties.setProperty("outcome", result.code().name());
                properties.setProperty("reason", StringUtils.abbreviate(result.reason(), MAX_REASON));
                try (OutputStream out = Files.newOutputStream(output)) {
                    properties.store(out, null);
                }
                yield true;
            }
        };
    }

    /** Makes Oozie repeat the action; its message is what the workflow sees as the error. */
    static final class ActionFailedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        ActionFailedException(String message) {
            super(message);
        }
    }
}
