package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeedHeaderTest {

    private final Feed agents = FeedCatalog.bundled().feed("sales_agents");

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

    @Test
    void refusesAFileWithoutHeaderAndTellsNothingOfItsFirstLine() {
        assertThatThrownBy(() -> FeedHeader.bind(agents, "f.csv", List.of("1", "Ann", "Ann", "2019-3-4")))
                .hasMessageEndingWith("none of the 4 fields of its first line is a column, so that is no header"
                        + " (expected [sales_agent_id, sales_agent_name, hire_date])");
    }

    @Test
    void bindsNamesOfAnyCaseAndOrderWithBlanksAndTrailingCommas() {
        FeedHeader header = FeedHeader.bind(agents, "f.csv", List.of(" Hire_Date", "NAME ", "x", "Sales_Agent_ID", ""));
        assertThat(header.field(0)).isEqualTo(agents.indexOf("hire_date"));
        assertThat(header.field(1)).isEqualTo(agents.indexOf("sales_agent_name"));
        assertThat(header.field(2)).isEqualTo(FeedHeader.EXTRA);
        assertThat(header.named()).isEqualTo(4);
    }
}
