package com.qcompany.ops.daemons;

import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/**
 * Has a Hive metastore count its databases, which it reads from its own.
 *
 * @param port on the loopback address
 */
record MetastoreCheck(int port) implements HealthCheck {

    private static final int PATIENCE_MS = 5_000;

    @Override
    public String state() throws TException {
        try (TSocket socket = new TSocket("127.0.0.1", port, PATIENCE_MS)) {
            socket.open();
            boolean empty = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket))
                    .get_all_databases()
                    .isEmpty();
            return empty ? "no database" : UP;
        }
    }
}
