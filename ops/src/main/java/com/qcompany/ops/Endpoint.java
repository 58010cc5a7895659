package com.qcompany.ops;

import java.util.Locale;

/** A port that a server of the stack listens on. */
public enum Endpoint {
    NAME_NODE,
    NAME_NODE_WEB,
    DATA_NODE,
    DATA_NODE_IPC,
    DATA_NODE_WEB,
    RESOURCE_MANAGER,
    RESOURCE_MANAGER_SCHEDULER,
    RESOURCE_MANAGER_TRACKER,
    RESOURCE_MANAGER_ADMIN,
    RESOURCE_MANAGER_WEB,
    NODE_MANAGER,
    NODE_MANAGER_LOCALIZER,
    NODE_MANAGER_WEB,
    NODE_MANAGER_COLLECTOR,
    SHUFFLE,
    HISTORY,
    HISTORY_ADMIN,
    HISTORY_WEB,
    METASTORE,
    HIVE_SERVER,
    KAFKA,
    KAFKA_CONTROLLER,
    OOZIE,
    POSTGRESQL,
    KERBEROS;

    /** Name in files, as in {@code name-node-web}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
