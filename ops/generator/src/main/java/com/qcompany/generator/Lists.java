package com.qcompany.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;

/** Lists among the resources: a row a line, its cells between commas. */
final class Lists {

    private Lists() {}

    static Stream<List<String>> rows(String name) {
        try {
            String resource = "com/qcompany/generator/" + name;
            return IOUtils.resourceToString(resource, StandardCharsets.UTF_8, Lists.class.getClassLoader())
                    .lines()
                    .map(line -> List.of(line.split(",")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read list %s among the resources".formatted(name), e);
        }
    }
}
