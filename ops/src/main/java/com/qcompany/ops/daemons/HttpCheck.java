package com.qcompany.ops.daemons;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks one of a server's web services.
 *
 * @param url what to get
 * @param expected stands in the answer of a server that can be used
 * @param otherwise the state of one whose answer lacks it
 */
record HttpCheck(String url, String expected, String otherwise) implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // the DataNode does not know the offer of another
            .connectTimeout(PATIENCE)
            .build();

    @Override
    public String state() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        String answer =
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return answer.contains(expected) ? UP : otherwise;
    }
}
