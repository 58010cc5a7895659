package com.qcompany.ops;

import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Settings;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Tool;

/** {@code KeytabProgram PRINCIPAL KEYTAB}: logs in as every program does, and waits until its ticket is renewed. */
public final class KeytabProgram extends Configured implements Tool {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    public static void main(String[] args) {
        Configuration conf = new Configuration();
        conf.set("hadoop.security.authentication", "kerberos");
        conf.set("hadoop.kerberos.min.seconds.before.relogin", "1");
        conf.set(Settings.KERBEROS_PRINCIPAL.key(), args[0]);
        conf.set(Settings.KERBEROS_KEYTAB.key(), args[1]);
        Program program = new Program(
                "test.jar", List.of(new Program.Command("wait", "wait for a new ticket", KeytabProgram::new)));
        System.exit(program.run(conf, "wait"));
    }

    @Override
    public int run(String[] args) throws Exception {
        UserGroupInformation user = UserGroupInformation.getLoginUser();
        System.out.printf("logged in as %s%n", user.getUserName());
        Date first = end(user);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!end(user).after(first)) {
            if (System.nanoTime() > deadline) {
                return 1;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        System.out.printf("renewed: a ticket until %s became one until %s%n", first, end(user));
        return 0;
    }

    @SuppressWarnings("removal") // Hadoop's own way to the tickets on Java 17
    private static Date end(UserGroupInformation user) {
        return user.doAs(
                (PrivilegedAction<Date>) () -> Subject.getSubject(java.security.AccessController.getContext())
                        .getPrivateCredentials(KerberosTicket.class)
                        .stream()
                        .map(KerberosTicket::getEndTime)
                        .max(Comparator.naturalOrder())
                        .orElseGet(() -> new Date(0)));
    }
}
