package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OperatorException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class StatusServerTest {

    @Test
    void namesTheAddressThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThatThrownBy(() -> StatusServer.start(
                            address, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), () -> true))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("cannot listen at " + address);
        }
    }
}
