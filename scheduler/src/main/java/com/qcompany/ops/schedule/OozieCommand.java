package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.oozie.client.OozieClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that needs Oozie: says in one line that Oozie does not answer, or what it refused. */
final class OozieCommand extends Configured implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(OozieCommand.class);

    private final Tool tool;

    OozieCommand(Tool tool) {
        this.tool = tool;
    }

    @Override
    public int run(String[] args) throws Exception {
        tool.setConf(getConf());
        try {
            return tool.run(args);
        } catch (OozieClientException e) {
            System.err.printf(
                    "Cannot do this with Oozie at %s: %s (%s names its address)%n",
                    Settings.SCHEDULE_OOZIE_URL.get(getConf()), e.getMessage(), Settings.SCHEDULE_OOZIE_URL.key());
            LOG.debug("Oozie refused", e);
            return ExitCode.FAILED.code();
        }
    }
}
