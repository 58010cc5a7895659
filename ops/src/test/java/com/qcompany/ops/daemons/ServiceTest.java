package com.qcompany.ops.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceTest {

    @Test
    void everyServiceComesAfterThoseItNeeds() {
        for (Service service : Service.values()) {
            assertThat(service.needs()).allMatch(need -> need.compareTo(service) < 0);
        }
    }

    @Test
    void isKnownByItsTitleInAnyCase() {
        assertThat(Service.parse("hiveserver2")).isEqualTo(Service.HIVE_SERVER);
        assertThatThrownBy(() -> Service.parse("zookeeper"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot find daemon: zookeeper (known: Kerberos, PostgreSQL, NameNode");
    }

    @Test
    void uptimeCountsDaysAsHours() {
        assertThat(ServiceStatus.hours(Duration.ofSeconds(26 * 3600 + 62))).isEqualTo("26:01:02");
    }
}
