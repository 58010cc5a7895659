package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.CsvText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SiteTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    private final Map<String, byte[]> files = files();

    @Test
    void writesTheOverviewLast() {
        assertThat(List.copyOf(files.keySet()))
                .contains("top_products.html", "top_products.csv", "operations.html")
                .last()
                .isEqualTo("index.html");
    }

    @Test
    void linksOnlyToItsOwnFiles() {
        files.forEach((name, content) -> {
            if (name.endsWith(".html")) {
                assertThat(LINK.matcher(text(name)).results().map(link -> link.group(1)))
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(link -> assertThat(link.startsWith("#")
                                        || link.equals("data:,")
                                        || files.containsKey(link.replaceFirst("#.*", "")))
                                .as(link)
                                .isTrue());
            }
        });
    }

    @Test
    void escapesEveryName() {
        assertThat(text("top_products.html")).doesNotContain(SampleContent.SCRIPT);
        assertThat(text("operations.html")).doesNotContain(SampleContent.SCRIPT);
        assertThat(text("sales_by_agent_and_product.html")).contains(SampleContent.ARABIC);
    }

    @Test
    void saysWhatToDoAboutWhatFailed() {
        assertThat(text("operations.html"))
                .contains(
                        "too many sales of a group are rejected, or an expectation of severity error fails: the group is refused")
                .doesNotContain("the landing directory is not mounted");
    }

    @Test
    void showsEachExpectationOverTimeBetweenItsBoundsAndAddsNoRunsUp() {
        assertThat(text("operations.html"))
                .contains("Price drift: Mean of unit_price in sales_transactions")
                .contains(
                        "\"labels\":[\"2024-07-01-00/group1 r1\",\"2024-07-02-01/group9 r2\",\"2024-07-02-01/group9 r3\"]")
                .contains("{\"name\":\"at_most\",\"values\":[null,80,80]}")
                .contains("{\"name\":\"sales_transactions\",\"values\":[100,100,100]}");
    }

    @Test
    void showsHowFarTheAppLogHasCome() {
        assertThat(text("operations.html"))
                .contains("Lag of the app log", "[\"app-logs\",\"2\",\"12000000\"],[\"app-logs\",\"10\",\"3\"]")
                .contains("Closing of the app log", "2024-07-01 20:00:00");
    }

    @Test
    void makesTheSameBytesOfTheSameContent() {
        assertThat(files()).containsExactlyEntriesOf(files);
    }

    @Test
    void offersOtherPeriodsOnlyWhereTheyCanBeServed() {
        assertThat(text("index.html")).doesNotContain("<form");
        assertThat(new String(
                        new Site(SampleContent.content(), SampleContent.documentation(), CsvText.PLAIN, true)
                                .files()
                                .get("index.html"),
                        StandardCharsets.UTF_8))
                .contains("<form");
    }

    private static Map<String, byte[]> files() {
        return new Site(SampleContent.content(), SampleContent.documentation(), CsvText.PLAIN, false).files();
    }

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }
}
