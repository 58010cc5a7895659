package com.qcompany.ops.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartOrderTest {

    private final List<Service> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everyServiceComesAfterThoseItNeeds() throws Exception {
        StartOrder.run(EnumSet.allOf(Service.class), done::add);

        assertThat(done).containsExactlyInAnyOrder(Service.values());
        for (Service service : Service.values()) {
            assertThat(done.subList(0, done.indexOf(service))).containsAll(service.needs());
        }
    }

    @Test
    void whatIsNotWantedIsTakenAsDone() throws Exception {
        StartOrder.run(EnumSet.of(Service.HIVE_SERVER), done::add);

        assertThat(done).containsExactly(Service.HIVE_SERVER);
    }

    @Test
    void aFailureKeepsBackOnlyThoseThatNeedIt() {
        assertThatThrownBy(() -> StartOrder.run(EnumSet.allOf(Service.class), service -> {
                    if (service == Service.NAME_NODE) {
                        throw new IOException("no disk");
                    }
                    done.add(service);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no disk");

        assertThat(done)
                .containsExactlyInAnyOrder(
                        Service.KERBEROS,
                        Service.POSTGRESQL,
                        Service.KAFKA,
                        Service.METASTORE,
                        Service.RESOURCE_MANAGER,
                        Service.NODE_MANAGER);
    }

    @Test
    void anErrorIsToldOfWithTheServiceThatMetIt() {
        assertThatThrownBy(() -> StartOrder.run(EnumSet.of(Service.KAFKA), service -> {
                    throw new NoClassDefFoundError("kafka/Kafka");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot start Kafka: java.lang.NoClassDefFoundError: kafka/Kafka");
    }
}
