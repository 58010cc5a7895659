package com.qcompany.ops.daemons;

import com.qcompany.ops.Endpoint;
import com.qcompany.ops.Ports;

/** What Hadoop's servers tell of themselves on their web ports. */
record WebChecks(Ports ports, boolean secured) {

    HealthCheck nameNode() {
        return get(
                Endpoint.NAME_NODE_WEB, "/jmx?qry=Hadoop:service=NameNode,name=NameNodeStatus", "active", "starting");
    }

    /** Also that the NameNode knows its blocks, so that files can be read and written. */
    HealthCheck dataNode() {
        HealthCheck registered = get(
                Endpoint.DATA_NODE_WEB,
                "/jmx?qry=Hadoop:service=DataNode,name=DataNodeInfo",
                "\\\"ActorState\\\":\\\"RUNNING\\\"",
                "not registered");
        HealthCheck writable = get(
                Endpoint.NAME_NODE_WEB,
                "/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo",
                "\"Safemode\" : \"\"",
                "safe mode");
        return () -> {
            String state = registered.state();
            return state.equals(HealthCheck.UP) ? writable.state() : state;
        };
    }

    HealthCheck resourceManager() {
        return get(Endpoint.RESOURCE_MANAGER_WEB, "/ws/v1/cluster/info", "STARTED", "starting");
    }

    HealthCheck nodeManager() {
        return get(Endpoint.NODE_MANAGER_WEB, "/ws/v1/node/info", "\"nodeHealthy\":true", "unhealthy");
    }

    HealthCheck jobHistory() {
        return get(Endpoint.HISTORY_WEB, "/ws/v1/history/info", "startedOn", "starting");
    }

    private HealthCheck get(Endpoint web, String path, String expected, String otherwise) {
        boolean isHdfs = web == Endpoint.NAME_NODE_WEB || web == Endpoint.DATA_NODE_WEB;
        String scheme = secured && isHdfs ? "https" : "http";
        return new HttpCheck("%s://%s%s".formatted(scheme, ports.address(web), path), expected, otherwise);
    }
}
