package com.qcompany.ops.daemons;

import com.qcompany.ops.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A server of the stack, in the order of starting: every one comes after those it needs. */
public enum Service {
    /** Of a secured stack alone. */
    KERBEROS("Kerberos", Endpoint.KERBEROS),
    POSTGRESQL("PostgreSQL", Endpoint.POSTGRESQL),
    NAME_NODE("NameNode", Endpoint.NAME_NODE, KERBEROS),
    KAFKA("Kafka", Endpoint.KAFKA, KERBEROS),
    METASTORE("Metastore", Endpoint.METASTORE, POSTGRESQL, KERBEROS),
    DATA_NODE("DataNode", Endpoint.DATA_NODE, NAME_NODE),
    RESOURCE_MANAGER("ResourceManager", Endpoint.RESOURCE_MANAGER, KERBEROS),
    NODE_MANAGER("NodeManager", Endpoint.NODE_MANAGER, RESOURCE_MANAGER),
    HIVE_SERVER("HiveServer2", Endpoint.HIVE_SERVER, METASTORE, DATA_NODE),
    JOB_HISTORY("JobHistoryServer", Endpoint.HISTORY, DATA_NODE),
    OOZIE("Oozie", Endpoint.OOZIE, POSTGRESQL, DATA_NODE, RESOURCE_MANAGER);

    private final String title;
    private final Endpoint endpoint;
    private final List<Service> needs;

    Service(String title, Endpoint endpoint, Service... needs) {
        this.title = title;
        this.endpoint = endpoint;
        this.needs = List.of(needs);
    }

    /** Name as its makers write it. */
    String title() {
        return title;
    }

    /** Name of its files, as in {@code namenode.log}. */
    String label() {
        return title.toLowerCase(Locale.ROOT);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** What has to answer before it starts. */
    List<Service> needs() {
        return needs;
    }

    /**
     * Parses a title, in upper or lower case.
     *
     * @throws IllegalArgumentException if there is no such service, naming those there are
     */
    static Service parse(String text) {
        return Arrays.stream(values())
                .filter(service -> service.title.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find daemon: %s (known: %s)"
                        .formatted(
                                text,
                                Arrays.stream(values()).map(Service::title).collect(Collectors.joining(", ")))));
    }
}
