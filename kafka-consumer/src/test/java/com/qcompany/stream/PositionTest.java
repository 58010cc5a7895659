package com.qcompany.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void isReadBackFromItsCommit() {
        Position position = new Position(
                42, Optional.of("20240704T180511123-host-1-0a1b2c3d"), 1_720_116_311_000L, 5, 4, Optional.empty());

        assertThat(Position.of(position.toCommit())).isEqualTo(position);
        assertThat(Position.of(Position.at(7).toCommit())).isEqualTo(Position.at(7));
    }

    @Test
    void namesTheTopicAndTheRootThatItIsOf() {
        Position position = new Position(42, Optional.of("e1"), 5, 6, 4, Optional.empty())
                .of(new Position.Origin("mN0-x_Tg", "6b1f7c3e-0000-4000-8000-000000000000"));

        assertThat(Position.of(position.toCommit())).isEqualTo(position);
        assertThat(Position.of(Position.at(7)
                                .of(position.origin().orElseThrow())
                                .toCommit())
                        .origin())
                .isEqualTo(position.origin());
    }

    @Test
    void takesTheOffsetOfOtherProgramsCommits() {
        assertThat(Position.of(new OffsetAndMetadata(9, "set by hand"))).isEqualTo(Position.at(9));
        assertThat(Position.of(new OffsetAndMetadata(9))).isEqualTo(Position.at(9));
    }
}
