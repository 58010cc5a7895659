package com.qcompany.ops;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer;
import org.apache.hadoop.service.CompositeService;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

/**
 * ResourceManager, NodeManager and JobHistoryServer in this process; of their web pages only the first one's answer.
 *
 * <p>Not Hadoop's MiniMRYarnCluster: that one binds to the host's own name, which need not resolve and may be an
 * address that others can reach.
 */
final class EmbeddedYarn extends CompositeService {

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

    private final PagesLast resourceManager = new PagesLast();

    private EmbeddedYarn() {
        super("YARN");
        addService(resourceManager);
        addService(new NodeManager());
        addService(new JobHistoryServer());
    }

    /**
     * Starts the three; the node is registered when this returns.
     *
     * @param conf configuration of the stack, with every address; not changed
     */
    static EmbeddedYarn start(Configuration conf) {
        EmbeddedYarn yarn = new EmbeddedYarn();
        yarn.init(new YarnConfiguration(conf));
        yarn.start();
        return yarn;
    }

    @Override
    protected void serviceStart() throws Exception {
        super.serviceStart();
        resourceManager.startPages();
    }
}
