package com.qcompany.ops.daemons;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does something for services at once, but for each only when it is done for those that it needs. */
final class StartOrder {

    private StartOrder() {}

    /** What is done for a service. */
    @FunctionalInterface
    interface Action {
        void run(Service service) throws Exception;
    }

    /**
     * Returns when all is done.
     *
     * @param wanted for which services; a need that is not among them is taken as done
     * @throws IOException when some failed, with their messages; only those that need them were left out
     */
    static void run(Set<Service> wanted, Action action) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(wanted.size());
        try {
            Map<Service, Future<?>> all = new EnumMap<>(Service.class);
            for (Service service : Service.values()) {
                if (wanted.contains(service)) {
                    List<Future<?>> needs = new ArrayList<>();
                    all.forEach((earlier, done) -> {
                        if (service.needs().contains(earlier)) {
                            needs.add(done);
                        }
                    });
                    all.put(service, threads.submit(() -> {
                        for (Future<?> need : needs) {
                            need.get();
                        }
                        action.run(service);
                        return null;
                    }));
                }
            }
            await(List.copyOf(all.values()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(List<Future<?>> all) throws IOException, InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ExecutionException)) { // that is the failure of one it needs
                    failures.add(e.getCause());
                }
            }
        }
        if (!failures.isEmpty()) {
            IOException failure = new IOException(String.join(
                    "; ", failures.stream().map(Throwable::getMessage).toList()));
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
