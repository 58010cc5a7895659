package com.qcompany.pages;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code ui [--port N]}: shows the pages to the browsers of this machine until it is stopped. It reads the warehouse and
 * changes nothing.
 */
public final class UiTool extends Configured implements Tool {

    private static final int DEFAULT_PORT = 8000;
    private static final int MAX_PORT = 65535;

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q ui",
            new Options()
                    .addOption(CommandLineSyntax.valued(
                            "port", "N", "port on the loopback address; 8000 unless given, 0 for a free one")));

    private final FeedContract.Source contracts;

    /**
     * The command.
     *
     * @param contracts where the contracts of the feeds are, for the documentation
     */
    public UiTool(FeedContract.Source contracts) {
        this.contracts = contracts;
    }

    @Override
    public int run(String[] args) throws IOException, InterruptedException {
        int port = port(SYNTAX.parseOptions(args));
        try (PageServer server = PageServer.start(
                port,
                new Sites(
                        new SiteReader(getConf()), new Documentation(FeedContract.read(contracts.yaml(getConf())))))) {
            System.out.printf(
                    "Pages: %s (each period is made when it is first looked at; stop with Ctrl-C)%n", server.address());
            new CountDownLatch(1).await();
        }
        return ExitCode.OK.code();
    }

    private static int port(CommandLine line) {
        long port = CommandLineSyntax.wholeNumber(line, "port", DEFAULT_PORT);
        if (port < 0 || port > MAX_PORT) {
            throw new UsageException("Cannot listen on port %d (expected 0 to %d)".formatted(port, MAX_PORT));
        }
        return (int) port;
    }
}
