package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourAuditTest {

    private static final String FIVE = "tables/kafka/event_date=2024-07-04/event_hour=5/2024-07-04-05.1.parquet";
    private static final String SIX = "tables/kafka/event_date=2024-07-04/event_hour=6/2024-07-04-06.1.parquet";

    @TempDir
    Path temp;

    private TestStream stream;

    @BeforeEach
    void closeTwoHours() throws IOException {
        stream = new TestStream(temp)
                .epoch("e1", "2024-07-04-05", 3)
                .epoch("e2", "2024-07-04-06", 4)
                .passed("2024-07-04T09:00:00");
        stream.compactor().run();
    }

    @Test
    void findsNothingWhereAllIsThere() throws IOException {
        HourAudit.Findings findings = audit(Duration.ZERO);

        assertThat(findings.faults()).isEmpty();
        assertThat(findings.hours()).isEqualTo(2);
        assertThat(findings.rows()).isEqualTo(7);
    }

    @Test
    void namesADeletedFileWithItsOffsetsMonthsLater() throws IOException {
        Files.delete(temp.resolve(FIVE));

        assertThat(audit(Duration.ofDays(100)).faults())
                .singleElement()
                .asString()
                .startsWith(FIVE + " is missing: it had [3 rows of app-logs-0 from offset 0 to 2, digest ");
    }

    @Test
    void namesADoubledFileThatCancelsOutADeletedOne() throws IOException {
        Files.delete(temp.resolve(FIVE));
        Files.copy(temp.resolve(SIX), temp.resolve(SIX.replace(".1.parquet", ".copy.parquet")));

        assertThat(audit(Duration.ZERO).faults())
                .anyMatch(fault -> fault.startsWith(FIVE + " is missing"))
                .anyMatch(fault -> fault.contains("2024-07-04-06.copy.parquet was published by no closing"))
                .hasSize(2);
    }

    @Test
    void namesATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(temp.resolve(FIVE));
        Files.write(temp.resolve(FIVE), Arrays.copyOf(whole, whole.length - 9));

        assertThat(audit(Duration.ZERO).faults())
                .singleElement()
                .asString()
                .startsWith(
                        "%s has %d bytes (expected %d, with [3 rows".formatted(FIVE, whole.length - 9, whole.length));
    }

    @Test
    void namesAnHourThatShouldHaveClosed() throws IOException {
        stream.epoch("e3", "2024-07-04-07", 1);
        List<FileStatus> open = stream.files("stream/open");
        stream.fs.setTimes(open.get(0).getPath(), stream.clock().millis(), -1);

        assertThat(audit(Duration.ofHours(24)).faults()).isEmpty();
        assertThat(audit(Duration.ofHours(25)).faults())
                .singleElement()
                .asString()
                .startsWith("Hour 2024-07-04-07 should have closed: 1 of its files wait in stream/open/");
    }

    @Test
    void waitsForAnHourThatLiesAheadOfTheClock() throws IOException {
        stream.epoch("e3", "2024-07-06-12", 1);
        List<FileStatus> open = stream.files("stream/open");
        stream.fs.setTimes(open.get(0).getPath(), stream.clock().millis(), -1);

        assertThat(audit(Duration.ofHours(60)).faults()).isEmpty();
        assertThat(audit(Duration.ofHours(62)).faults()).hasSize(1);
    }

    @Test
    void namesAFileOfAnOpenHourThatIsNoParquetAndCountsTheOthers() throws IOException {
        stream.epoch("e3", "2024-07-04-07", 2);
        stream.breakFile("2024-07-04-07");

        HourAudit.Findings findings = audit(Duration.ZERO);

        assertThat(findings.hidden()).isEqualTo(2);
        assertThat(findings.faults()).singleElement().asString().contains("broken.0.parquet cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_date=2024-07-04/event_hour=25/e3.0.parquet",
                "event_date=2024-07-04/event_hour=07/e3.0.parquet",
                "event_date=2024-07-04/event_hour=7/more/e3.0.parquet",
                "event_date=2024-07-04/event_hour=7/notes.txt",
                "e3.0.parquet"
            })
    void namesAFileThatNoClosingTakes(String foreign) throws IOException {
        Path file = temp.resolve("stream/open").resolve(foreign);
        Files.createDirectories(file.getParent());
        Files.copy(temp.resolve(SIX), file);

        HourAudit.Findings findings = audit(Duration.ZERO);

        assertThat(findings.hidden()).isZero();
        assertThat(findings.faults()).singleElement().asString().startsWith("stream/open/" + foreign + " is foreign");
    }

    @Test
    void knowsAFileThatIsPublishedMeanwhile() throws IOException {
        boolean hasHappened = true;
        int call = 0;
        for (; hasHappened; call++) {
            TestStream one = new TestStream(temp.resolve("call-" + call))
                    .epoch("e1", "2024-07-04-05", 3)
                    .passed("2024-07-04T09:00:00");
            MeanwhileFileSystem slow =
                    new MeanwhileFileSystem(one.fs, call, () -> one.compactor().run());

            assertThat(new HourAudit(one.on(slow), one.clock().instant()).find().faults())
                    .as("it is published before call %d", call)
                    .isEmpty();
            hasHappened = slow.hasHappened();
        }
        assertThat(call).isGreaterThan(2);
    }

    private HourAudit.Findings audit(Duration later) throws IOException {
        return new HourAudit(stream.on(stream.fs), stream.clock().instant().plus(later)).find();
    }
}
