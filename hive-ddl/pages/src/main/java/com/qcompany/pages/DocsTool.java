package com.qcompany.pages;

import com.qcompany.hive.OutputDirectory;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code docs [--out DIR]}: writes the pages of {@link Documentation} to a directory, local or not. They need no
 * warehouse. Each appears whole and replaces the one before; the same release writes the same bytes.
 */
public final class DocsTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q docs",
            new Options()
                    .addOption(CommandLineSyntax.valued(
                            "out", "DIR", "directory, a local one or as in hdfs://HOST/DIR; docs unless given")));

    private final FeedContract.Source contracts;

    /**
     * The command.
     *
     * @param contracts where the contracts of the feeds are
     */
    public DocsTool(FeedContract.Source contracts) {
        this.contracts = contracts;
    }

    @Override
    public int run(String[] args) throws IOException {
        OutputDirectory out = OutputDirectory.of(SYNTAX.parseOptions(args).getOptionValue("out", "docs"), getConf());
        Map<String, byte[]> files = new LinkedHashMap<>(Site.assets());
        files.putAll(new Documentation(FeedContract.read(contracts.yaml(getConf()))).files(Documentation.FRAME));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String written = out.write(file.getKey(), file.getValue());
            if (file.getKey().endsWith(".html")) {
                System.out.println(written);
            }
        }
        return ExitCode.OK.code();
    }
}
