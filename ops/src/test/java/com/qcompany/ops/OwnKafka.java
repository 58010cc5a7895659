package com.qcompany.ops;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker of a test's own, on ports that no other test of this JVM is given. */
public final class OwnKafka {

    private static @Nullable PortBlock block;

    private OwnKafka() {}

    public static EmbeddedKafka start(Path directory, Map<String, String> properties) throws IOException {
        return EmbeddedKafka.start(directory, freePort(), freePort(), properties);
    }

    static synchronized int freePort() throws IOException {
        if (block == null) {
            block = PortBlock.reserve();
        }
        try (ServerSocket probe = block.bindNext()) {
            return probe.getLocalPort();
        }
    }
}
