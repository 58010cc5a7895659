package com.qcompany.ops.daemons;

import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Program of {@code q up --daemons}, {@code q status}, {@code q down} and {@code q restart}.
 *
 * <p>Usage: {@code Daemons DATA_DIRECTORY up|status|down|restart [NAME...]}; without names all daemons are meant.
 * Standard output is what the user asked to see. Exit codes are {@link ExitCode}'s: 3 when nothing runs, 1 when a
 * daemon does not start, or is not up.
 */
public final class Daemons {

    private static final Logger LOG = LoggerFactory.getLogger(Daemons.class);

    private Daemons() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)).code());
    }

    private static ExitCode run(List<String> args) {
        try {
            DaemonStack stack = DaemonStack.in(Path.of(args.get(0)));
            Set<Service> services = services(args.subList(2, args.size()));
            return switch (args.get(1)) {
                case "up" -> up(stack, services);
                case "status" -> status(stack);
                case "down" -> down(stack, services);
                case "restart" -> {
                    down(stack, services);
                    yield up(stack, services);
                }
                default ->
                    throw new IllegalArgumentException(
                            "Cannot run %s (expected up, status, down or restart)".formatted(args.get(1)));
            };
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
            return ExitCode.USAGE;
        } catch (Exception e) { // whatever it is, it ends the program
            LOG.error("Cannot {} the daemons", args.get(1), e);
            System.out.println(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static Set<Service> services(List<String> names) {
        Set<Service> services = EnumSet.noneOf(Service.class);
        names.forEach(name -> services.add(Service.parse(name)));
        return names.isEmpty() ? EnumSet.allOf(Service.class) : services;
    }

    private static ExitCode up(DaemonStack stack, Set<Service> services) throws Exception {
        stack.up(services, System.out::println);
        System.out.print(ServiceStatus.table(stack.status()));
        return ExitCode.OK;
    }

    private static ExitCode status(DaemonStack stack) throws Exception {
        if (!stack.anyRuns()) {
            System.out.println("No daemon runs in %s (start them with: q up --daemons).".formatted(stack.directory()));
            return ExitCode.NOTHING_TO_DO;
        }
        List<ServiceStatus> daemons = stack.status();
        System.out.print(ServiceStatus.table(daemons));
        return daemons.stream().allMatch(ServiceStatus::isUp) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static ExitCode down(DaemonStack stack, Set<Service> services) throws Exception {
        if (stack.down(services, System.out::println) == 0) {
            System.out.println("None of them runs in %s.".formatted(stack.directory()));
            return ExitCode.NOTHING_TO_DO;
        }
        System.out.println("The data stays in %s.".formatted(stack.directory()));
        return ExitCode.OK;
    }
}
