package com.qcompany.ops.stream;

import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.stream.consume.ProtocolStep;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;

/**
 * A consumer process that dies at a step of the protocol: {@code DyingConsumer CONFIGURATION STEP COUNT}. The process
 * halts, as if killed, when the step is reached for the COUNT-th time; a COUNT of 0 lets it live.
 */
public final class DyingConsumer {

    private static final int KILLED = 137;

    private DyingConsumer() {}

    public static void main(String[] args) throws Exception {
        Configuration conf = new Configuration();
        conf.addResource(new Path(args[0]));
        ProtocolStep fatal = ProtocolStep.valueOf(args[1]);
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
        ProtocolStep.Listener listener = step -> {
            if (step == fatal && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(KILLED);
            }
        };
        System.exit(ToolRunner.run(conf, new ConsumeTool(listener), new String[] {"--daemon"}));
    }
}
