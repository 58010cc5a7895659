package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.Position;
import com.qcompany.stream.consume.StartingPositions.Known;
import com.qcompany.stream.consume.StartingPositions.Start;
import com.qcompany.warehouse.command.StreamSettings.LostOffsets;
import com.qcompany.warehouse.command.StreamSettings.StartAt;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartingPositionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("app-logs", 3);
    private static final String TOPIC = "topic-1";

    private final StartingPositions failing = new StartingPositions(StartAt.EARLIEST, LostOffsets.FAIL);
    private final StartingPositions earliest = new StartingPositions(StartAt.EARLIEST, LostOffsets.EARLIEST);

    @Test
    void goesOnAtTheCommittedPosition() {
        Position committed = new Position(150, Optional.of("epoch"), 7, 8, 6, Optional.empty());

        Start start = failing.decide(PARTITION, new Known(Optional.of(committed), false, TOPIC, 100, 200));

        assertThat(start.position()).isEqualTo(committed);
        assertThat(start.lost()).isZero();
    }

    @Test
    void goesOnAtAnEndThatWasReached() {
        assertThat(decide(failing, 200).position().next()).isEqualTo(200);
        assertThat(decide(failing, 100).position().next()).isEqualTo(100);
    }

    @Test
    void beginsANewGroupWhereItIsTold() {
        StartingPositions latest = new StartingPositions(StartAt.LATEST, LostOffsets.FAIL);

        assertThat(failing.decide(PARTITION, new Known(Optional.empty(), false, TOPIC, 100, 200))
                        .position())
                .isEqualTo(Position.at(100));
        assertThat(latest.decide(PARTITION, new Known(Optional.empty(), false, TOPIC, 100, 200))
                        .position())
                .isEqualTo(Position.at(200));
    }

    @Test
    void failsOnOffsetsThatWereDeletedUnread() {
        assertThatThrownBy(() -> decide(failing, 40))
                .isInstanceOf(StartingPositions.UnusablePositionException.class)
                .hasMessageContaining("Cannot consume app-logs-3 from offset 40: the broker has 100 to 200");
    }

    @Test
    void goesOnAtTheEarliestAndNamesWhatIsLost() {
        Start start = decide(earliest, 40);

        assertThat(start.position().next()).isEqualTo(100);
        assertThat(start.lost()).as("40 to 100").isEqualTo(60);
    }

    @Test
    void failsOnATopicThatMayHaveBeenMadeAnew() {
        assertThatThrownBy(() -> decide(failing, 300)).hasMessageContaining("the topic was made anew or cut");
        assertThat(decide(earliest, 300).position().next()).isEqualTo(100);
        assertThat(decide(earliest, 300).lost()).isZero();
    }

    @Test
    void goesOnAtTheEndOfATopicThatWasCut() {
        Position beyond = Position.at(300).of(new Position.Origin(TOPIC, "s"));
        Known known = new Known(Optional.of(beyond), false, TOPIC, 100, 200);

        assertThatThrownBy(() -> failing.decide(PARTITION, known))
                .hasMessageContaining("lost-offsets=earliest goes on at 200");
        assertThat(earliest.decide(PARTITION, known)).isEqualTo(new Start(beyond.movedTo(200), 0));
    }

    @Test
    void consumesAPartitionThatWasAddedFromItsBegin() {
        StartingPositions latest = new StartingPositions(StartAt.LATEST, LostOffsets.FAIL);

        Start start = latest.decide(PARTITION, new Known(Optional.empty(), true, TOPIC, 100, 200));

        assertThat(start.position()).isEqualTo(Position.at(100));
    }

    @Test
    void saysThatItIsAnotherTopicAndWhatToDo() {
        Known known = new Known(
                Optional.of(Position.at(150).of(new Position.Origin("topic-0", "s"))), false, TOPIC, 100, 200);

        assertThatThrownBy(() -> failing.decide(PARTITION, known))
                .isInstanceOf(StartingPositions.UnusablePositionException.class)
                .hasMessageContaining("another topic")
                .hasMessageContaining("q events offsets --set earliest");
        Start start = earliest.decide(PARTITION, known);
        assertThat(start.position()).isEqualTo(Position.at(100));
        assertThat(start.lost()).isZero();
    }

    private static Start decide(StartingPositions positions, long committed) {
        return positions.decide(PARTITION, new Known(Optional.of(Position.at(committed)), false, TOPIC, 100, 200));
    }
}
