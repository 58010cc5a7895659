package com.qcompany.batch;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Setting;
import com.qcompany.warehouse.command.Settings;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/** Prints every {@code q.*} key with its effective value, unit, source and meaning; secrets are masked. */
public final class ConfigTool extends Configured implements Tool {

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of("config", new Options());

    @Override
    public int run(String[] args) {
        SYNTAX.parseOptions(args);
        for (Setting<?> setting : Settings.ALL) {
            System.out.printf("# %s (%s)%n", setting.doc(), setting.unit());
            System.out.printf("%s=%s    [%s]%n", setting.key(), setting.shown(getConf()), source(setting));
        }
        return ExitCode.OK.code();
    }

    private String source(Setting<?> setting) {
        Configuration conf = getConf();
        if (conf.get(setting.key()) == null) {
            return setting.secret() && setting.find(conf).isPresent() ? "credential provider" : "default";
        }
        String[] sources = conf.getPropertySources(setting.key());
        return sources == null || sources.length == 0 ? "set by the program" : sources[sources.length - 1];
    }
}
