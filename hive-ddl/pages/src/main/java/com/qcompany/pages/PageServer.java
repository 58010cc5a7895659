package com.qcompany.pages;

import static org.apache.commons.lang3.StringUtils.trimToNull;

import com.qcompany.hive.DateRange;
import com.qcompany.warehouse.command.UsageException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves pages on the loopback address: {@code /FROM_TO/FILE} is a file of the pages of a period, and
 * {@code /?from=D&to=D} leads to its overview.
 *
 * <p>It looks names up among the files that were made and opens none, so there is no path out of them. It answers GET and
 * HEAD only, and only requests that name the loopback address: a page of another site whose name was made to point here
 * gets nothing.
 */
final class PageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final Pattern FILE =
            Pattern.compile("/(\\d{4}-\\d\\d-\\d\\d)_(\\d{4}-\\d\\d-\\d\\d)/([A-Za-z0-9_.-]+)");
    private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "csv", "text/csv; charset=utf-8");
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Sites sites;

    private PageServer(HttpServer server, Sites sites) {
        this.server = server;
        this.sites = sites;
    }

    /**
     * Starts it.
     *
     * @throws IOException if the port is taken
     */
    static PageServer start(int port, Sites sites) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("Cannot listen on %s (is the port taken? see --port)".formatted(address), e);
        }
        PageServer pages = new PageServer(server, sites);
        server.createContext("/", pages::answer);
        server.setExecutor(pages.threads);
        server.start();
        return pages;
    }

    URI address() {
        return URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    void answer(HttpExchange exchange) throws IOException {
        try {
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !LOCAL_HOST.matcher(host).matches()) {
                send(exchange, 403, "Cannot answer for this host (expected localhost)");
            } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
                send(exchange, 405, "Cannot do that (expected GET or HEAD)");
            } else if (exchange.getRequestURI().getPath().equals("/")) {
                redirect(exchange, exchange.getRequestURI().getQuery());
            } else {
                sendFile(exchange, exchange.getRequestURI().getPath());
            }
        } catch (UsageException e) {
            send(exchange, 400, "Cannot show this period: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            if (exchange.getResponseCode() < 0) { // else whoever asked did not wait for the answer
                LOG.warn("Cannot answer {}", exchange.getRequestURI(), e);
                send(exchange, 503, "Cannot make the pages: " + e.getMessage());
            } else {
                LOG.debug("Cannot send all of {}", exchange.getRequestURI(), e);
            }
        } finally {
            exchange.close();
        }
    }

    private static void redirect(HttpExchange exchange, @Nullable String query) throws IOException {
        DateRange dates = DateRange.parse(parameter(query, "from"), parameter(query, "to"));
        exchange.getResponseHeaders().set("Location", "/%s_%s/index.html".formatted(dates.from(), dates.to()));
        exchange.sendResponseHeaders(303, -1);
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        Matcher value = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(String.valueOf(query));
        return value.find() ? trimToNull(value.group(1)) : null;
    }

    private void sendFile(HttpExchange exchange, String path) throws IOException {
        Matcher name = FILE.matcher(path);
        byte[] content = name.matches()
                ? sites.of(DateRange.parse(name.group(1), name.group(2))).get(name.group(3))
                : null;
        if (content == null) {
            send(exchange, 404, "Cannot find this page");
            return;
        }
        String file = name.group(3);
        send(exchange, 200, TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain"), content);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        // Whatever got into a page, it runs no other script and asks no other place.
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : content.length);
        if (!head) {
            exchange.getResponseBody().write(content);
        }
    }
}
