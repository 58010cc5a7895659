package com.qcompany.batch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.batch.feed.FeedCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractToolTest {

    private static final String BRANCHES =
            FeedCatalog.bundled().feed("branches").text().yaml();
    private static final String HEADER = "branch_id,location,establish_date,class";

    @TempDir
    Path dir;

    private String printed = "";

    @Test
    void checkCountsByRuleWithSamplesAndSaysWhetherTheFileWouldBeRefused() throws IOException {
        Path file = write(
                "branches_1.csv", HEADER + ",note\n1,New York,2017-01-15,A,x\n2, Boston ,never,B,\n3,,2017-1-1,C,\n");

        assertThat(run("check", file.toString())).isZero();

        assertThat(printed)
                .contains("branches_1.csv by contract branches 1.0.0: 3 lines = 1 accepted + 2 rejected")
                .contains("Columns that the contract does not declare: note")
                .containsPattern("establish_date_invalid +1 rejected\n  line 3: Cannot accept establish_date: never")
                .contains("    2, Boston ,never,B,")
                .containsPattern("location_missing +1 rejected\n  line 4:");
    }

    @Test
    void checkEndsWith4WhereTheFileWouldBeRefused() throws IOException {
        Path semicolons = write("branches_1.csv", HEADER.replace(',', ';') + "\n1;New York;2017-01-15;A\n");
        assertThat(run("check", semicolons.toString())).isEqualTo(4);
        assertThat(printed).contains("Would be refused: Cannot read ").contains("separated by semicolons");

        Path strict = write(
                "strict.yaml",
                BRANCHES.replace(
                        "      - property: outputs",
                        "      - {property: rejections, value: {mustBeLessOrEqualTo: 10, unit: percent}}\n"
                                + "      - property: outputs"));
        Path file = write("b.csv", HEADER + "\n1,New York,2017-01-15,A\n2,Boston,never,B\n");
        assertThat(run("check", file.toString(), "--contract", strict.toString()))
                .isEqualTo(4);
        assertThat(printed)
                .contains("Would be refused: 1 of 2 lines of branches are rejected (at most 10 percent, its contract)");
        assertThat(run("check", file.toString(), "--feed", "branches")).isZero();
        assertThat(run("check", file.toString())).isEqualTo(2);
        assertThat(run("check", dir.resolve("none.csv").toString())).isEqualTo(2);
    }

    @Test
    void validateNamesFileLineAndKey() throws IOException {
        Path good = write("good.yaml", BRANCHES);
        Path bad = write("bad.yaml", BRANCHES.replace("required: true", "requird: true"));

        assertThat(run("validate", good.toString())).isZero();
        assertThat(printed).contains("good.yaml is right: branches 1.0.0");
        assertThat(run("validate", good.toString(), bad.toString())).isEqualTo(4);
        assertThat(printed).contains("bad.yaml: line 16, schema[0].properties[0].requird: Unrecognized");
        assertThat(run("validate", "-D", "q.contracts=" + dir.toUri())).isEqualTo(4);
    }

    @Test
    void validateSaysWhyContractsAreRefusedTogether() throws IOException {
        write("one.yaml", BRANCHES);
        write("two.yaml", BRANCHES);

        assertThat(run("validate", "-D", "q.contracts=" + dir.toUri())).isEqualTo(4);

        assertThat(printed)
                .contains("one.yaml is right", "two.yaml is right")
                .contains("two.yaml: another file is of feed branches too (expected one)");
    }

    @Test
    void diffTellsCompatibleFromBreaking() throws IOException {
        Path wider = write(
                "wider.yaml", BRANCHES.replace("'1900-01-01'", "'1800-01-01'").replace("1.0.0", "1.1.0"));

        assertThat(run("diff", wider.toString())).isZero();
        assertThat(printed).isEqualTo("establish_date: range (BACKWARD)\nbranches 1.1.0 follows 1.0.0: BACKWARD\n");
        assertThat(run("diff", write("now.yaml", BRANCHES).toString(), wider.toString()))
                .isEqualTo(4);
        assertThat(printed).endsWith("branches 1.0.0 follows 1.1.0: FORWARD\n");
    }

    @Test
    void showPrintsTheContractThatCounts() throws IOException {
        Path contracts = Files.createDirectories(dir.resolve("contracts"));
        Files.writeString(contracts.resolve("b.yaml"), BRANCHES.replace("version: 1.0.0", "version: 1.2.3"));

        assertThat(run("show", "-D", "q.contracts=" + contracts.toUri())).isZero();
        assertThat(printed)
                .containsPattern("branches +1\\.2\\.3 +fills branch_dim; from .*b\\.yaml\n")
                .containsPattern("sales_agents +1\\.0\\.0 +fills sales_agent_dim; from feeds/sales_agents.yaml\n");
        assertThat(run("show", "branches")).isZero();
        assertThat(printed).isEqualTo(BRANCHES);
        assertThat(run("show", "stock")).isEqualTo(2);
        assertThat(run("sow")).isEqualTo(2);
        assertThat(run("--help")).isZero();
    }

    @Test
    void theContractOfTheEventsIsShownComparedAndCheckedAsTheOthers() throws IOException {
        assertThat(run("show", "app_events")).isZero();
        Path events = write("app_events.yaml", printed);
        String strict = printed.replace("zoneOffset, ", "").replace("version: 1.0.0", "version: 2.0.0");
        Path narrow = write("narrow.yaml", strict);
        Path wrong = write("wrong.yaml", strict.replace("name: quantity", "name: pieces"));

        assertThat(run("show")).isZero();
        assertThat(printed).containsPattern("app_events +1\\.0\\.0 +fills kafka; from app_events.yaml\n");
        assertThat(run("validate", events.toString())).isZero();
        assertThat(printed).endsWith("app_events.yaml is right: app_events 1.0.0\n");
        assertThat(run("diff", narrow.toString())).isEqualTo(4);
        assertThat(printed).isEqualTo("timestamp: tolerates (FORWARD)\napp_events 2.0.0 follows 1.0.0: FORWARD\n");
        assertThat(run("diff", events.toString(), narrow.toString())).isZero();
        assertThat(run("validate", wrong.toString())).isEqualTo(4);
        assertThat(printed)
                .contains("wrong.yaml: line 33, properties.pieces: Cannot find column pieces in table kafka");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    /** Runs the command and keeps what it prints. */
    private int run(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            String[] words = new String[args.length + 1];
            words[0] = "contract";
            System.arraycopy(args, 0, words, 1, args.length);
            return Main.run(new Configuration(), words);
        } finally {
            System.setOut(before);
            printed = out.toString(StandardCharsets.UTF_8);
        }
    }
}
