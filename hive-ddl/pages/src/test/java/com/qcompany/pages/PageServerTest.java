package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServerTest {

    private static final String OVERVIEW = "2024-07-01_2024-07-02/index.html";

    private final MemoryReader reader = new MemoryReader();
    private final HttpClient client = HttpClient.newHttpClient();
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        server = PageServer.start(0, new Sites(reader, SampleContent.documentation()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesFilesOfAPeriodMadeOnce() throws Exception {
        HttpResponse<String> page = get(OVERVIEW);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("<h1>Overview</h1>");
        assertThat(get("2024-07-01_2024-07-02/top_products.csv").body()).startsWith("product_id,product_name");
        assertThat(reader.periods).containsExactly(SampleContent.PERIOD);
    }

    @Test
    void makesPagesAnewAfterAPublish() throws Exception {
        get(OVERVIEW);
        reader.state = "2";
        get(OVERVIEW);

        assertThat(reader.periods).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', /0001-01-01_9999-12-31/index.html",
        "?from=&to=, /0001-01-01_9999-12-31/index.html",
        "?from=2024-07-01&to=, /2024-07-01_9999-12-31/index.html",
        "?from=2024-07-01, /2024-07-01_9999-12-31/index.html",
        "?to=2024-07-02, /0001-01-01_2024-07-02/index.html",
        "?to=2024-07-02&from=2024-07-01&x=1, /2024-07-01_2024-07-02/index.html",
        "?from=2024-07-01&to=2024-07-02, /2024-07-01_2024-07-02/index.html"
    })
    void leadsToTheOverviewOfAPeriod(String query, String location) throws Exception {
        HttpResponse<String> answer = get(query);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2024-13-01&to=",
                "?from=yesterday",
                "?from=2024-07-02&to=2024-07-01",
                "2024-02-30_2024-07-01/index.html",
                "0000-01-01_2024-07-01/index.html"
            })
    void refusesPeriodsThatThereAreNot(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Cannot ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/2024-07-01_2024-07-02/../../../../etc/passwd",
                "/2024-07-01_2024-07-02/..%2f..%2fetc%2fpasswd",
                "/2024-07-01_2024-07-02/nothing.html",
                "/2024-07-01_2024-07-02/",
                "/etc/passwd",
                "//etc/passwd"
            })
    void findsNothingButWhatItMade(String path) throws Exception {
        assertThat(raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path)))
                .startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void onlyReads(String method) throws Exception {
        assertThat(raw("%s /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(method, OVERVIEW)))
                .startsWith("HTTP/1.1 405 ");
        assertThat(reader.periods).isEmpty();
    }

    @Test
    void answersNoOtherHostsName() throws Exception {
        assertThat(raw("GET /%s HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n".formatted(OVERVIEW)))
                .startsWith("HTTP/1.1 403 ");
        assertThat(reader.periods).isEmpty();
    }

    @Test
    void answersHeadWithoutContent() throws Exception {
        assertThat(raw("HEAD /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(OVERVIEW)))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void saysWhyItCannotMakePagesAndGoesOn() throws Exception {
        reader.broken = true;
        HttpResponse<String> failed = get(OVERVIEW);
        reader.broken = false;

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).isEqualTo("Cannot make the pages: Cannot connect to HiveServer2");
        reader.faulty = true;
        assertThat(get(OVERVIEW).statusCode()).isEqualTo(503);
        reader.faulty = false;
        assertThat(get(OVERVIEW).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesAReaderAloneWhoDidNotWait() throws Exception {
        GoneReader gone = new GoneReader("/" + OVERVIEW);

        server.answer(gone);

        assertThat(gone.statuses()).containsExactly(200);
    }

    @Test
    void keepsTheLastPeriodsOnly() throws Exception {
        for (int day = 1; day <= 9; day++) {
            get("2024-07-0%d_2024-07-09/index.html".formatted(day));
        }
        get("2024-07-09_2024-07-09/index.html");
        assertThat(reader.periods).hasSize(9);
        get("2024-07-01_2024-07-09/index.html");
        assertThat(reader.periods).hasSize(10);
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThatThrownBy(() ->
                        PageServer.start(server.address().getPort(), new Sites(reader, SampleContent.documentation())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot listen on localhost/127.0.0.1:");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.address().resolve("/" + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A request as it is, which clients would mend. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
