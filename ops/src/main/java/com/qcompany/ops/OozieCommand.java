package com.qcompany.ops;

import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Settings;
import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.oozie.cli.OozieCLI;

/** Oozie's own command line ({@code q oozie}), as the user whom the settings log in: it knows no keytab itself. */
public final class OozieCommand {

    private OozieCommand() {}

    public static void main(String[] args) throws Exception {
        Configuration conf = Settings.configuration();
        Program.logIn(conf);
        PrivilegedExceptionAction<Integer> command = () -> new OozieCLI().run(args);
        System.exit(UserGroupInformation.getLoginUser().doAs(command));
    }
}
