package com.qcompany.ops.stream;

import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.stream.consume.ProtocolStep;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;

/** A consumer that runs in a thread of the test's JVM until it is closed, which commits what it has taken. */
final class RunningConsumer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final CompletableFuture<InetSocketAddress> status = new CompletableFuture<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final FutureTask<Integer> run;
    private final Thread thread;

    private RunningConsumer(Configuration conf, ProtocolStep.Listener steps, String... arguments) {
        this.run = new FutureTask<>(() -> ToolRunner.run(conf, new ConsumeTool(steps, status::complete), arguments));
        this.thread = new Thread(run, "consume-" + conf.get(StreamSettings.INSTANCE.key()));
    }

    /** A daemon whose status can be asked. */
    static RunningConsumer start(Configuration conf, String instance) {
        return start(conf, instance, step -> {}, "--daemon");
    }

    /** @param steps is told of every step of the protocol, in the consumer's thread */
    static RunningConsumer start(
            Configuration conf, String instance, ProtocolStep.Listener steps, String... arguments) {
        Configuration own = new Configuration(conf);
        own.set(StreamSettings.INSTANCE.key(), instance);
        own.set(StreamSettings.HTTP_ADDRESS.key(), "127.0.0.1:0");
        RunningConsumer consumer = new RunningConsumer(own, steps, arguments);
        consumer.thread.start();
        return consumer;
    }

    /** What its endpoint answers. */
    HttpResponse<String> get(String path) throws Exception {
        InetSocketAddress address = status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(address.getPort(), path));
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Waits until it ends by itself; its exit code. */
    int awaitEnd() throws Exception {
        try {
            return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Ends it as a signal does: what was taken is committed. */
    @Override
    public void close() throws Exception {
        thread.interrupt();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            thread.join();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot end the consumer cleanly", e);
        }
    }
}
