package com.qcompany.batch.contract;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.feed.ContractChanges;
import com.qcompany.batch.feed.ContractChanges.Change;
import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.contract.EventContract;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code contract validate|show|diff|check}: looks at contracts, and tries files against them. Reads local files and the
 * contracts that count, and changes nothing; {@link ExitCode#CHECKS_FAILED} where a contract is wrong or breaks with the
 * other one, or a file would be refused.
 */
public final class ContractTool extends Configured implements Tool {
    private static final int MAX_SAMPLES = 1_000;
    private static final Option FEED = valued("feed", "NAME", "feed of the file; default: by its name");
    private static final Option CONTRACT = valued("contract", "FILE", "contract to try; default: the one that counts");
    private static final Option SAMPLES = valued("samples", "N", "lines to print of each rule; default 3");
    private static final Options OPTIONS =
            new Options().addOption(FEED).addOption(CONTRACT).addOption(SAMPLES);
    private static final CommandLineSyntax SYNTAX = new CommandLineSyntax(
            """
            usage: contract validate [FILE.yaml]...      are contracts right, also together? default: those of q.contracts
            usage: contract show [FEED]                  the contracts that count, or the text of one
            usage: contract diff NEW.yaml [OLD.yaml]     what differs; default: from the one that counts
            usage: contract check FILE.csv [--feed NAME] [--contract FILE.yaml] [--samples N]
                                                         try a file against its contract without loading it
            """,
            OPTIONS);

    private static final String SHOWN = "%-20s %-8s fills %s; from %s%n";

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parse(args);
        List<String> words = new ArrayList<>(line.getArgList());
        String action = words.isEmpty() ? "" : words.remove(0);
        boolean right =
                switch (action) {
                    case "validate" -> validate(words);
                    case "show" -> show(words);
                    case "diff" -> diff(words);
                    case "check" -> check(words, line);
                    default ->
                        throw new UsageException(
                                "Cannot run contract %s (expected validate, show, diff or check)".formatted(action));
                };
        return (right ? ExitCode.OK : ExitCode.CHECKS_FAILED).code();
    }

    private boolean validate(List<String> files) throws IOException {
        boolean right = true;
        List<ContractText> texts = files.isEmpty() ? ContractText.of(getConf()) : read(files);
        for (ContractText text : texts) {
            try {
                if (EventContract.isOf(text)) {
                    String version = EventContract.read(text).version();
                    System.out.printf("%s is right: %s %s%n", text.origin(), EventContract.NAME, version);
                } else {
                    Feed feed = Contracts.feed(text);
                    System.out.printf("%s is right: %s %s%n", text.origin(), feed.name(), feed.version());
                }
            } catch (UsageException e) {
                System.out.println(e.getMessage());
                right = false;
            }
        }
        if (right) {
            try {
                Contracts.withAll(texts);
            } catch (UsageException e) {
                System.out.println(e.getMessage());
                return false;
            }
        }
        return right;
    }

    private boolean show(List<String> names) throws IOException {
        FeedCatalog feeds = Contracts.of(getConf());
        EventContract events = EventContract.of(getConf());
        if (!names.isEmpty()) {
            names.stream()
                    .map(name -> name.equals(EventContract.NAME)
                            ? events.text()
                            : feeds.feed(name).text())
                    .forEach(text -> System.out.print(text.yaml()));
            return true;
        }
        for (Feed feed : feeds.feeds()) {
            System.out.printf(
                    SHOWN,
                    feed.name(),
                    feed.version(),
                    feed.mappings().stream()
                            .map(OutputMapping::table)
                            .map(table -> table.name())
                            .collect(Collectors.joining(", ")),
                    feed.text().origin());
        }
        System.out.printf(
                SHOWN,
                EventContract.NAME,
                events.version(),
                StarSchema.KAFKA.name(),
                events.text().origin());
        return true;
    }

    private boolean diff(List<String> files) throws IOException {
        if (files.isEmpty() || files.size() > 2) {
            throw new UsageException("Cannot compare %s (expected NEW.yaml and maybe OLD.yaml)".formatted(files));
        }
        ContractText text = read(files.get(0));
        if (EventContract.isOf(text)) {
            EventContract before =
                    files.size() == 2 ? EventContract.read(read(files.get(1))) : EventContract.of(getConf());
            EventContract after = EventContract.read(text);
            return tell(ContractChanges.between(before, after), EventContract.NAME, before.version(), after.version());
        }
        Feed after = Contracts.feed(text);
        Feed before = files.size() == 2
                ? Contracts.feed(read(files.get(1)))
                : Contracts.of(getConf()).feed(after.name());
        if (!before.name().equals(after.name())) {
            throw new UsageException("Cannot compare a contract of %s with one of %s (expected one feed)"
                    .formatted(after.name(), before.name()));
        }
        return tell(ContractChanges.between(before, after), after.name(), before.version(), after.version());
    }

    /** Prints what differs; whether it breaks nothing. */
    private static boolean tell(List<Change> changes, String feed, String before, String after) {
        changes.forEach(change -> System.out.println(ContractHistory.sentence(change)));
        System.out.printf("%s %s follows %s: %s%n", feed, after, before, ContractChanges.together(changes));
        return !ContractChanges.together(changes).isBreaking();
    }

    private boolean check(List<String> files, CommandLine line) throws IOException {
        if (files.size() != 1) {
            throw new UsageException("Cannot check %s (expected one file)".formatted(files));
        }
        Path file = existing(files.get(0));
        String contract = line.getOptionValue(CONTRACT);
        Feed feed;
        if (contract != null) {
            feed = Contracts.feed(read(contract));
        } else if (line.hasOption(FEED)) {
            feed = Contracts.of(getConf()).feed(line.getOptionValue(FEED));
        } else {
            feed = Contracts.of(getConf())
                    .feedOf(file.getFileName().toString())
                    .orElseThrow(() -> new UsageException(
                            "Cannot tell the feed of %s by its name (expected --feed NAME)".formatted(file)));
        }
        long samples = CommandLineSyntax.wholeNumber(line, SAMPLES.getLongOpt(), 3);
        if (samples < 0 || samples > MAX_SAMPLES) {
            throw new UsageException("Cannot print %d samples (expected 0 to %d)".formatted(samples, MAX_SAMPLES));
        }
        return new FileCheck(feed, Settings.LOAD_MAX_RECORD_BYTES.get(getConf()), (int) samples)
                .run(file, Settings.LOAD_MAX_REJECTED.get(getConf()), System.out);
    }

    private static List<ContractText> read(List<String> files) throws IOException {
        List<ContractText> texts = new ArrayList<>();
        for (String file : files) {
            texts.add(read(file));
        }
        return texts;
    }

    private static ContractText read(String file) throws IOException {
        return new ContractText(file, Files.readString(existing(file)));
    }

    private static Path existing(String name) {
        Path file = CommandLineSyntax.localPath(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("Cannot read %s (expected a local file)".formatted(name));
        }
        return file;
    }
}
