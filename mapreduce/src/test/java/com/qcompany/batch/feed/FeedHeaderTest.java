package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedHeaderTest {

    private final Feed agents = FeedCatalog.bundled().feed("sales_agents");

    @Test
    void readsTheFirstRecordAndWhereItEnds() throws IOException {
        assertThat(read("\uFEFF\r\na,\"b,\nc\"\r\n1,2\r\n")).isEqualTo(new FeedHeader.Line(List.of("a", "b,\nc"), 13));
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> read("\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read header of f.csv: the file is empty");
    }

    @Test
    void namesTheFileAndTheMissingColumn() {
        assertThatThrownBy(() -> FeedHeader.bind(agents, "f.csv", List.of("sales_person_id", "name")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot bind header of f.csv to feed sales_agents: column hire_date is missing"
                        + " (expected one of [hire_date]; header: [sales_person_id, name])");
    }

    @Test
    void refusesAColumnThatIsThereTwice() {
        for (String again : List.of("NAME ", "sales_agent_name", "x")) {
            assertThatThrownBy(() -> FeedHeader.bind(
                            agents, "f.csv", List.of("sales_person_id", "name", "hire_date", "X", again)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "Cannot bind header of f.csv to feed sales_agents: column %s is there twice", again);
        }
    }

    private static FeedHeader.Line read(String text) throws IOException {
        return FeedHeader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), "f.csv", 1000);
    }
}
