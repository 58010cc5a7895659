package com.qcompany.stream.consume;

import com.qcompany.warehouse.ExitCode;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.ParseException;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code consume --daemon | --until-caught-up | --for 55m}: lands the topic as Parquet and closes hours meanwhile.
 *
 * <p>Exit codes: ok when it ended as asked and everything it took is committed; nothing to do when it was to catch up
 * and the group had consumed everything; failed otherwise. A rerun goes on where the last commit ended.
 */
public final class ConsumeTool extends Configured implements Tool {

    private final ProtocolStep.Listener steps;
    private final Consumer<InetSocketAddress> statusAddress;

    public ConsumeTool() {
        this(step -> {});
    }

    /** @param steps is told of every step of the protocol */
    public ConsumeTool(ProtocolStep.Listener steps) {
        this(steps, address -> {});
    }

    /**
     * @param steps is told of every step of the protocol
     * @param statusAddress is told where the status is answered, if anywhere
     */
    public ConsumeTool(ProtocolStep.Listener steps, Consumer<InetSocketAddress> statusAddress) {
        this.steps = steps;
        this.statusAddress = statusAddress;
    }

    @Override
    public int run(String[] args) throws Exception {
        ConsumeArguments arguments;
        try {
            arguments = ConsumeArguments.parse(args);
        } catch (ParseException e) {
            usage(e);
            return ExitCode.USAGE.code();
        }
        return EventsConsumer.run(getConf(), arguments, Clock.systemUTC(), steps, statusAddress)
                .code();
    }

    private static void usage(ParseException problem) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        err.println(problem.getMessage());
        new HelpFormatter().printHelp(err, 100, "q events consume", "", ConsumeArguments.OPTIONS, 2, 2, "", true);
        err.flush();
    }
}
