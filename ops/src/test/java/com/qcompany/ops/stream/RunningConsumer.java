package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.consume.ConsumeTool;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;

/** A consumer that runs in a thread of the test's JVM until it is closed, which commits what it has taken. */
final class RunningConsumer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final FutureTask<Integer> run;
    private final Thread thread;

    private RunningConsumer(Configuration conf, String... arguments) {
        this.address = StreamSettings.HTTP_ADDRESS.get(conf);
        this.run = new FutureTask<>(() -> ToolRunner.run(conf, new ConsumeTool(), arguments));
        this.thread = new Thread(run, "consume-" + conf.get(StreamSettings.INSTANCE.key()));
    }

    /** A daemon whose status can be asked. */
    static RunningConsumer start(Configuration conf, String instance) throws IOException {
        return start(conf, instance, "--daemon");
    }

    /** A consumer whose status can be asked, with options of its own. */
    static RunningConsumer start(Configuration conf, String instance, String... arguments) throws IOException {
        Configuration own = new Configuration(conf);
        own.set(StreamSettings.INSTANCE.key(), instance);
        own.set(StreamSettings.HTTP_ADDRESS.key(), "127.0.0.1:" + freePort());
        RunningConsumer consumer = new RunningConsumer(own, arguments);
        consumer.thread.start();
        return consumer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What its endpoint answers, once it does. */
    HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        AtomicReference<HttpResponse<String>> response = new AtomicReference<>();
        Await.until("the consumer answers", () -> {
            try {
                response.set(http.send(request, BodyHandlers.ofString()));
                return true;
            } catch (ConnectException e) {
                assertThat(hasEnded()).as("the consumer has ended").isFalse();
                return false;
            }
        });
        return response.get();
    }

    /** Whether it has ended, by itself or by a failure. */
    boolean hasEnded() {
        return run.isDone();
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
