package com.qcompany.stream.compact;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import com.qcompany.warehouse.state.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactToolTest {

    private static final Clock HALF_PAST_FIVE = Clock.fixed(Instant.parse("2024-07-04T05:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;

    @Test
    void closesAnHourThatHasEnded() throws IOException {
        TestStream stream = new TestStream(temp).epoch("e1", "2024-07-04-04", 3);

        assertThat(run(stream, "--hour", "2024-07-04-04")).isEqualTo(ExitCode.OK);
        assertThat(run(stream, "--hour", "2024-07-04-04")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(stream.visibleFiles()).hasSize(1);
    }

    @Test
    void failsAtAnHourThatCannotBeClosed() throws IOException {
        TestStream stream = new TestStream(temp).epoch("e1", "2024-07-04-04", 3);
        stream.breakFile("2024-07-04-04");

        assertThat(run(stream, "--hour", "2024-07-04-04")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void closesTheOpenHourOnlyIfToldSo() throws IOException {
        TestStream stream = new TestStream(temp).epoch("e1", "2024-07-04-05", 3);

        assertThat(run(stream, "--hour", "2024-07-04-05")).isEqualTo(ExitCode.USAGE);
        assertThat(stream.visibleFiles()).isEmpty();
        assertThat(run(stream, "--hour", "2024-07-04-05", "--now")).isEqualTo(ExitCode.OK);
        assertThat(stream.visibleFiles()).hasSize(1);
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        TestStream stream = new TestStream(temp);

        assertThat(run(stream, "--hour", "2024-07-04")).isEqualTo(ExitCode.USAGE);
        assertThat(run(stream, "--now")).isEqualTo(ExitCode.USAGE);
        assertThat(run(stream, "everything")).isEqualTo(ExitCode.USAGE);
        assertThat(run(stream)).as("no brokers are named").isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysThatAnotherProcessCompacts() throws IOException {
        TestStream stream = new TestStream(temp);
        try (Lease lease = Lease.acquire(
                stream.fs, stream.layout.warehouse().compactionLease(), "another", Duration.ofSeconds(1))) {
            lease.verify();
            assertThat(run(stream, "--hour", "2024-07-04-04")).isEqualTo(ExitCode.LOCKED);
        }
    }

    private static ExitCode run(TestStream stream, String... arguments) {
        CompactTool tool = new CompactTool(HALF_PAST_FIVE);
        Program program = new Program("q.jar", List.of(new Command("compact", "", () -> tool)));
        return ExitCode.of(program.run(
                stream.conf,
                Stream.concat(Stream.of("compact"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
