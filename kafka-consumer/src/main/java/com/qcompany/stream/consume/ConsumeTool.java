package com.qcompany.stream.consume;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.Consumer;
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
        } catch (IllegalArgumentException e) {
            return ConsumeArguments.SYNTAX.refuse(e).code();
        }
        return EventsConsumer.run(getConf(), arguments, Clock.systemUTC(), steps, statusAddress)
                .code();
    }
}
