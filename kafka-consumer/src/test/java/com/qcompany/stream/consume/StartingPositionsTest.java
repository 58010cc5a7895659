package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.Position;
import com.qcompany.stream.consume.StartingPositions.Known;
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

        Position first = failing.decide(PARTITION, new Known(Optional.of(committed), false, TOPIC, 100, 200));

        assertThat(first).isEqualTo(committed);
    }

    @Test
    void goesOnAtAnEndThatWasReached() {
        assertThat(decide(failing, 200).next()).isEqualTo(200);
        assertThat(decide(failing, 100).next()).isEqualTo(100);
    }

    @Test
    void beginsANewGroupWhereItIsTold() {
        StartingPositions latest = new StartingPositions(StartAt.LATEST, LostOffsets.FAIL);

        assertThat(failing.decide(PARTITION, new Known(Optional.empty(), false, TOPIC, 100, 200)))
                .isEqualTo(Position.at(100));
        assertThat(latest.decide(PARTITION, new Known(Optional.empty(), false, TOPIC, 100, 200)))
                .isEqualTo(Position.at(200));
    }

    @Test
    void failsOnOffsetsThatWereDeletedUnread() {
        assertThatThrownBy(() -> decide(failing, 40))
                .isInstanceOf(StartingPositions.UnusablePositionException.class)
                .hasMessageContaining("Cannot consume app-logs-3 from offset 40: the broker has 100 to 200");
    }

    @Test
    void goesOnAtTheEarliest() {
        assertThat(decide(earliest, 40).next()).isEqualTo(100);
    }

    @Test
    void failsOnATopicThatMayHaveBeenMadeAnew() {
        assertThatThrownBy(() -> decide(failing, 300)).hasMessageContaining("the topic was made anew or cut");
        assertThat(decide(earliest, 300).next()).isEqualTo(100);
    }

    @Test
    void goesOnAtTheEndOfATopicThatWasCut() {
        Position beyond = Position.at(300).of(new Position.Origin(TOPIC, "s"));
        Known known = new Known(Optional.of(beyond), false, TOPIC, 100, 200);

        assertThatThrownBy(() -> failing.decide(PARTITION, known))
                .hasMessageContaining("lost-offsets=earliest goes on at 200");
        assertThat(earliest.decide(PARTITION, known)).isEqualTo(beyond.movedTo(200));
    }

    @Test
    void consumesAPartitionThatWasAddedFromItsBegin() {
        StartingPositions latest = new StartingPositions(StartAt.LATEST, LostOffsets.FAIL);

        Position first = latest.decide(PARTITION, new Known(Optional.empty(), true, TOPIC, 100, 200));

        assertThat(first).isEqualTo(Position.at(100));
    }

    @Test
    void saysThatItIsAnotherTopicAndWhatToDo() {
        Known known = new Known(
                Optional.of(Position.at(150).of(new Position.Origin("topic-0", "s"))), false, TOPIC, 100, 200);

        assertThatThrownBy(() -> failing.decide(PARTITION, known))
                .isInstanceOf(StartingPositions.UnusablePositionException.class)
                .hasMessageContaining("another topic")
                .hasMessageContaining("q events offsets --set earliest");
        assertThat(earliest.decide(PARTITION, known)).isEqualTo(Position.at(100));
    }

    private static Position decide(StartingPositions positions, long committed) {
        return positions.decide(PARTITION, new Known(Optional.of(Position.at(committed)), false, TOPIC, 100, 200));
    }
}
