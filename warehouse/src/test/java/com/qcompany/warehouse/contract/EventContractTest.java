package com.qcompany.warehouse.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.contract.EventContract.Accept;
import com.qcompany.warehouse.contract.EventContract.Field;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventContractTest {

    private static final String BUNDLED = EventContract.among(List.of()).text().yaml();

    @Test
    void saysWhichFieldFillsWhichColumnAndWhatElseIsRead() {
        EventContract contract = EventContract.among(List.of());

        assertThat(contract.fields())
                .extracting(Field::path)
                .contains("eventType", "metadata.category", "totalAmount")
                .hasSize(11);
        assertThat(contract.field("timestamp").tolerates()).containsExactlyInAnyOrder(Accept.values());
        assertThat(contract.field("quantity").tolerates()).containsExactly(Accept.NUMBER_AS_TEXT);
        assertThat(contract.field("customerid").tolerates()).isEmpty();
    }

    @Test
    void refusesADirectoryThatHoldsNoContracts(@TempDir Path directory) {
        Configuration conf = new Configuration(false);
        conf.set("q.contracts", directory.resolve("wrong").toUri().toString());

        assertThatThrownBy(() -> EventContract.of(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("/wrong (expected *.yaml files; q.contracts)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal(18,4)|decimal(18,2)|line 37, properties.totalAmount: Cannot use type of totalAmount:"
                        + " decimal(18,2) (expected decimal(18,4))",
                "name: source|name: origin|line 31, properties.origin: Cannot find column origin in table kafka",
                "name: source|name: category|line 29, properties.category: Cannot put metadata.category into",
                "name: metadata|name: context|line 26, properties.context: Cannot use object context (expected metadata",
                "[numberAsText]|[zoneOffset]|line 33, properties.quantity: Cannot tolerate zone-offset in quantity",
                "[numberAsText]|[commas]|not one of the values accepted for Enum class",
                "HH:mm:ss|HH:mm|Cannot use format of timestamp: uuuu-MM-dd'T'HH:mm (expected",
                "physicalType: topic|topic: app|line 12, schema[0].topic: Unrecognized field",
                "name: app_events|name: events|Cannot use name: events (expected app_events)",
            })
    void refusesWhatDisagreesWithTheTableByFileLineAndKey(String from, String to, String reason) {
        assertThat(BUNDLED).contains(from);
        ContractText text = new ContractText("my/app_events.yaml", BUNDLED.replace(from, to));

        assertThatThrownBy(() -> EventContract.read(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot load feed from my/app_events.yaml: ")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesToLeaveOutAColumnOrToStandTwice() {
        ContractText without = new ContractText(
                "a.yaml", BUNDLED.replace("      - name: algorithm\n        logicalType: string\n", ""));
        ContractText whole = new ContractText("b.yaml", BUNDLED);

        assertThatThrownBy(() -> EventContract.read(without))
                .hasMessageContaining("a.yaml: nothing fills kafka.algorithm");
        assertThatThrownBy(() -> EventContract.among(List.of(without, whole)))
                .hasMessage("Cannot use b.yaml: another file is of feed app_events too (expected one)");
    }
}
