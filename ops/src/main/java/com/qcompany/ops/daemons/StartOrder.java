package com.qcompany.ops.daemons;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.function.FailableConsumer;

/** Does something for services at once, but for each only when it is done for those that it needs. */
public final class StartOrder {

    private StartOrder() {}

    /**
     * Returns when all is done.
     *
     * @param wanted for which services; a need that is not among them is taken as done
     * @throws IOException when some failed, with their messages; only those that need them were left out
     */
    public static void run(Set<Service> wanted, FailableConsumer<Service, Exception> action)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(wanted.size());
        List<IOException> failures = new CopyOnWriteArrayList<>();
        Map<Service, CompletableFuture<Void>> all = new EnumMap<>(Service.class);
        try {
            for (Service service : Service.values()) {
                if (wanted.contains(service)) {
                    CompletableFuture<?>[] needs = service.needs().stream()
                            .flatMap(need -> Stream.ofNullable(all.get(need)))
                            .toArray(CompletableFuture<?>[]::new);
                    all.put(
                            service,
                            CompletableFuture.allOf(needs).thenRunAsync(() -> run(service, action, failures), threads));
                }
            }
            CompletableFuture.allOf(all.values().toArray(CompletableFuture<?>[]::new))
                    .get();
        } catch (ExecutionException e) {
            IOException failure =
                    new IOException(failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")), e);
            failures.forEach(failure::addSuppressed);
            throw failure;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static void run(Service service, FailableConsumer<Service, Exception> action, List<IOException> failures) {
        try {
            action.accept(service);
        } catch (Throwable e) { // each is told of, after the others have ended, also a class that is not there
            failures.add(
                    e instanceof IOException known
                            ? known
                            : new IOException("Cannot start %s: %s".formatted(service.title(), e), e));
            throw new CompletionException(e);
        }
    }
}
