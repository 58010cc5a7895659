package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.UsageException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /healthz} (200 while the process consumes or waits for what it needs), {@code /readyz} (503 during an
 * outage) and {@code /metrics} in Prometheus' text format.
 */
final class StatusServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService thread;

    private StatusServer(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    /**
     * Begins to answer.
     *
     * @param address {@code host:port}; port 0 takes a free one, which the log names
     */
    static StatusServer start(String address, PrometheusMeterRegistry registry, BooleanSupplier ready)
            throws IOException {
        HttpServer server = HttpServer.create(socketAddress(address), 0);
        server.createContext("/healthz", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, "ok\n"));
        server.createContext("/readyz", exchange -> {
            boolean isReady = ready.getAsBoolean();
            answer(
                    exchange,
                    isReady ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE,
                    isReady ? "ready\n" : "waiting out an outage\n");
        });
        server.createContext("/metrics", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, registry.scrape()));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        server.setExecutor(thread);
        server.start();
        LOG.info("Answering /healthz, /readyz and /metrics at {}", server.getAddress());
        return new StatusServer(server, thread);
    }

    /** Where it answers. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdown();
    }

    private static InetSocketAddress socketAddress(String address) {
        int colon = address.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    address.substring(0, Math.max(colon, 0)), Integer.parseInt(address.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("Cannot listen at %s (expected host:port)".formatted(address), e);
        }
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.sendResponseHeaders(code, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
