package com.qcompany.ops;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer;
import org.apache.hadoop.service.Service;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

/**
 * ResourceManager, NodeManager and JobHistoryServer in this process; of their web pages only the first one's answer.
 *
 * <p>Not Hadoop's MiniMRYarnCluster: that one binds to the host's own name, which need not resolve and may be an
 * address that others can reach.
 */
final class EmbeddedYarn implements AutoCloseable {

    /**
     * A ResourceManager whose web pages start after those of the others: all three are made with Guice, whose filter
     * keeps one set of pages for the whole process, the last.
     */
    private static final class PagesLast extends ResourceManager {

        @Override
        protected void startWepApp() {}

        void startPages() {
            super.startWepApp();
        }
    }

    private final Deque<Service> running = new ArrayDeque<>();

    private EmbeddedYarn() {}

    /**
     * Starts the three; the node is registered when this returns.
     *
     * @param conf configuration of the stack, with every address; not changed
     */
    static EmbeddedYarn start(Configuration conf) {
        EmbeddedYarn yarn = new EmbeddedYarn();
        try {
            PagesLast resourceManager = new PagesLast();
            yarn.run(resourceManager, conf);
            yarn.run(new NodeManager(), conf);
            yarn.run(new JobHistoryServer(), conf);
            resourceManager.startPages();
            return yarn;
        } catch (RuntimeException e) {
            yarn.close();
            throw e;
        }
    }

    private void run(Service service, Configuration conf) {
        running.push(service);
        service.init(new YarnConfiguration(conf));
        service.start();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().stop();
        }
    }
}
