package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.UsageException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.net.NetUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /healthz} (200 while the process consumes or waits for what it needs), {@code /readyz} (503 during an
 * outage) and {@code /metrics} in Prometheus' text format, from one thread.
 */
final class StatusServer {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private StatusServer() {}

    /**
     * Begins to answer, until what is returned is closed.
     *
     * @param address {@code host:port}; port 0 takes a free one, which the log names
     */
    static Closeable start(String address, PrometheusMeterRegistry registry, BooleanSupplier ready) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(NetUtils.createSocketAddr(address), 0);
        } catch (IllegalArgumentException e) {
            throw new UsageException("Cannot listen at %s (expected host:port)".formatted(address), e);
        } catch (IOException e) {
            throw new OperatorException("cannot listen at %s: %s".formatted(address, e.getMessage()), e);
        }
        server.createContext("/healthz", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, "ok\n"));
        server.createContext("/readyz", exchange -> {
            if (ready.getAsBoolean()) {
                answer(exchange, HttpURLConnection.HTTP_OK, "ready\n");
            } else {
                answer(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "waiting out an outage\n");
            }
        });
        server.createContext("/metrics", exchange -> answer(exchange, HttpURLConnection.HTTP_OK, registry.scrape()));
        server.start();
        LOG.info("Answering /healthz, /readyz and /metrics at {}", server.getAddress());
        return () -> server.stop(0);
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
