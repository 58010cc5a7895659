package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir
    Path directory;

    private Path file;
    private PortBlock block;
    private Ports first;

    @BeforeEach
    void chooseOnce() throws IOException {
        file = directory.resolve("ports.properties");
        block = PortBlock.reserve();
        first = Ports.choose(file, block);
    }

    @AfterEach
    void releaseBlock() throws IOException {
        block.close();
    }

    @Test
    void stacksThatStartAtOnceShareNoPort() throws IOException {
        List<PortBlock> blocks = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>(first.numbers().values());
        try {
            for (int i = 0; i < 50; i++) {
                PortBlock another = PortBlock.reserve();
                blocks.add(another);
                numbers.addAll(Ports.choose(directory.resolve("ports-" + i), another)
                        .numbers()
                        .values());
            }
        } finally {
            for (PortBlock another : blocks) {
                another.close();
            }
        }

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void givesEveryServerAPortOfItsOwn() {
        assertThat(first.numbers()).hasSize(Endpoint.values().length);
        assertThat(first.numbers().values()).doesNotHaveDuplicates();
        assertThat(first.address(Endpoint.NAME_NODE)).isEqualTo("127.0.0.1:" + first.of(Endpoint.NAME_NODE));
    }

    @Test
    void keepsThePortsOfAnEarlierStart() throws IOException {
        assertThat(Ports.choose(file, block)).isEqualTo(first);
    }

    @Test
    void replacesAPortThatWasTakenMeanwhile() throws IOException {
        try (ServerSocket other = take(Endpoint.HIVE_SERVER)) {
            Ports second = Ports.choose(file, block);

            assertThat(second.of(Endpoint.HIVE_SERVER)).isNotEqualTo(other.getLocalPort());
            assertThat(second.of(Endpoint.NAME_NODE)).isEqualTo(first.of(Endpoint.NAME_NODE));
        }
    }

    @Test
    void refusesToMoveTheNameNode() throws IOException {
        try (ServerSocket other = take(Endpoint.NAME_NODE)) {
            assertThatThrownBy(() -> Ports.choose(file, block))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Cannot start the NameNode on port " + other.getLocalPort());
        }
    }

    private ServerSocket take(Endpoint endpoint) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first.of(endpoint)));
        return socket;
    }
}
