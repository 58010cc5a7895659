package com.qcompany.warehouse.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.Program.Command;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final List<String> recorded = new ArrayList<>();

    private final Program program = new Program(
            "test.jar",
            List.of(
                    new Command(
                            "lose", "fails deep inside", () -> new FailingTool(new IllegalArgumentException("lost"))),
                    new Command("lock", "finds a lease", () -> new FailingTool(new LeaseHeldException("held"))),
                    new Command("stop", "lost its lease", () -> new FailingTool(new LeaseHeldException("lost", true))),
                    new Command("fill", "finds a full disk", FullDiskTool::new),
                    new Command("parse", "has no options", ParsingTool::new),
                    new Command("record", "keeps its words", RecordingTool::new),
                    new Command("misread", "is used wrongly", () -> new FailingTool(new UsageException("misread")))));

    /** A tool that throws. */
    private static final class FailingTool extends Configured implements Tool {
        private final Exception failure;

        FailingTool(Exception failure) {
            this.failure = failure;
        }

        @Override
        public int run(String[] args) throws Exception {
            throw failure;
        }
    }

    /** A tool that writes to a disk without space. */
    private static final class FullDiskTool extends Configured implements Tool {
        @Override
        public int run(String[] args) throws IOException {
            FileSystem.getLocal(getConf())
                    .getRaw()
                    .create(new Path("/dev/full"), true)
                    .write(new byte[1 << 20]);
            return ExitCode.OK.code();
        }
    }

    /** A tool that has only {@code --help}. */
    private static final class ParsingTool extends Configured implements Tool {
        @Override
        public int run(String[] args) {
            CommandLineSyntax.of("parse", new Options()).parseOptions(args);
            return ExitCode.OK.code();
        }
    }

    /** A tool that keeps the root it was given and its words. */
    private final class RecordingTool extends Configured implements Tool {
        @Override
        public int run(String[] args) {
            recorded.clear();
            recorded.add(Settings.ROOT.get(getConf()));
            recorded.addAll(List.of(args));
            return ExitCode.OK.code();
        }
    }

    @Test
    void onlyAWrongUseIsUsage() {
        assertThat(program.run(conf(), "misread")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "parse", "--unknown")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose")).isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void aFullDiskIsAFailureWithItsReason() {
        List<ExitCode> watched = new ArrayList<>();
        Program told = new Program("test.jar", program.commands(), (conf, command, code, took) -> watched.add(code));

        assertThat(told.run(conf(), "fill")).isEqualTo(ExitCode.FAILED.code());
        assertThat(watched).containsExactly(ExitCode.FAILED);
    }

    @Test
    void aHeldLeaseIsNoFailureButALostOneIs() {
        assertThat(program.run(conf(), "lock")).isEqualTo(ExitCode.LOCKED.code());
        assertThat(program.run(conf(), "stop")).isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void anUnknownCommandOrKeyIsUsage() {
        assertThat(program.run(conf(), "unknown")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf())).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose", "-D", "q.rot=/q")).isEqualTo(ExitCode.USAGE.code());
        assertThat(program.run(conf(), "lose", "-D", "q.load.max-rejected-share=2"))
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void helpIsNoMistake() {
        for (String help : List.of("help", "--help", "-h")) {
            assertThat(program.run(conf(), help)).isEqualTo(ExitCode.OK.code());
        }
        assertThat(program.run(conf(), "parse", "--help")).isEqualTo(ExitCode.OK.code());
    }

    @Test
    void definitionsMayStandAnywhere() {
        for (String line : List.of(
                "-D q.root=/a=b record --first x --last",
                "record -D q.root=/a=b --first x --last",
                "record --first x -Dq.root=/a=b --last",
                "record --first x --last -D q.root=/a=b")) {
            assertThat(program.run(conf(), line.split(" "))).as(line).isEqualTo(ExitCode.OK.code());
            assertThat(recorded).containsExactly("/a=b", "--first", "x", "--last");
        }
    }

    @Test
    void aDefinitionWithoutKeyOrValueIsUsage() {
        for (String line : List.of("record -D", "record -D q.root", "record -D =x")) {
            assertThat(program.run(conf(), line.split(" "))).as(line).isEqualTo(ExitCode.USAGE.code());
        }
        assertThat(recorded).isEmpty();
    }

    private static Configuration conf() {
        return new Configuration(false);
    }
}
