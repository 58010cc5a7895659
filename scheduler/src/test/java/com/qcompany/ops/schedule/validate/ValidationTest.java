package com.qcompany.ops.schedule.validate;

import static com.qcompany.ops.schedule.validate.SampleApplications.COORDINATOR;
import static com.qcompany.ops.schedule.validate.SampleApplications.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.schedule.validate.Problem.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValidationTest {

    private static final Path SCHEDULER = Path.of(System.getProperty("q.project.root", ".."), "scheduler");

    private final SampleApplications sample = new SampleApplications();

    @Test
    void theDeployedApplicationsHaveNoProblem() throws IOException {
        Applications applications =
                Applications.read(SCHEDULER.resolve("apps"), Set.of("q-mapreduce.jar", "q-kafka-consumer.jar"));

        assertThat(Validation.problems(applications, JobProperties.read(SCHEDULER.resolve("cluster.properties"))))
                .filteredOn(problem -> problem.severity() == Severity.ERROR)
                .isEmpty();
    }

    @Test
    void findsNothingInASoundBundle() {
        assertThat(sample.problems()).isEmpty();
    }

    @Test
    void namesTheLineOfWhatTheSchemaForbids() {
        sample.replace(WORKFLOW, "<mkdir ", "<makedir ");

        assertThat(sample.told()).hasSize(1);
        assertThat(sample.told().get(0))
                .startsWith(WORKFLOW + ":5: ")
                .contains("makedir")
                .contains("is expected");
    }

    @Test
    void checksActionsAgainstSchemasOfTheirOwn() {
        sample.replace("common/notify/workflow.xml", "<subject>${hour}</subject>", "");

        assertThat(sample.told()).hasSize(1).first().asString().startsWith("common/notify/workflow.xml:7: ");
    }

    @Test
    void namesTheLineOfWhatIsNotXml() {
        sample.replace("bundle.xml", "</coordinator>", "");

        assertThat(sample.told()).anyMatch(problem -> problem.startsWith("bundle.xml:5: "));
    }

    @Test
    void findsAParameterThatNobodyDeclares() {
        sample.replace(WORKFLOW, "/loaded/${hour}", "/loaded/${our}");

        assertThat(sample.told())
                .containsExactly(WORKFLOW + ":5: Cannot resolve ${our}: it is declared nowhere (expected in"
                        + " cluster.properties or bundle.xml or " + COORDINATOR + " or " + WORKFLOW + ")");
    }

    @Test
    void aSubWorkflowThatIsHandedNothingDownKnowsNothing() {
        sample.replace(WORKFLOW, "<propagate-configuration/>", "");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith("common/notify/workflow.xml:5: Cannot resolve ${alertTo}"))
                .anyMatch(problem -> problem.startsWith("common/notify/workflow.xml:6: Cannot resolve ${hour}"));
    }

    @Test
    void findsAParameterAskedForByName() {
        sample.replace(WORKFLOW, "${hour}: ", "${wf:conf('mode')}: ");

        assertThat(sample.told()).anyMatch(problem -> problem.contains("Cannot resolve ${mode}"));
    }

    @Test
    void findsAFunctionThatOozieLacks() {
        sample.replace(COORDINATOR, "coord:nominalTime()", "coord:nominaltime()");

        assertThat(sample.told())
                .anyMatch(problem -> problem.contains(
                        "Cannot call coord:nominaltime: Oozie has no such function (did you mean coord:nominalTime?)"));
    }

    @Test
    void findsAPropertyThatRefersToNothing() {
        sample.addProperty("oozie.libpath=${apPath}/lib");

        assertThat(sample.told())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("cluster.properties:8: Cannot resolve ${apPath}");
    }

    @Test
    void warnsOfAPropertyThatNothingUses() {
        sample.addProperty("queue=default");

        assertThat(sample.problems())
                .containsExactly(Problem.warning(
                        "cluster.properties", 8, "Cannot see a use of ${queue} (expected it in some application)"));
    }

    @Test
    void refusesASecretInTheValueOfAJobPropertyWithoutRepeatingIt() {
        sample.addProperty("hiveUrl=jdbc:hive2://h:1/;ssl=true;trustStorePassword=hunter2");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith("cluster.properties:8: Cannot deploy hiveUrl"))
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void refusesASecretInJobProperties() {
        sample.addProperty("oozie.hive.password=x");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith("cluster.properties:8: Cannot deploy oozie.hive.password"));
    }

    @Test
    void findsApplicationsThatAreNotThere() {
        sample.remove("common/notify/workflow.xml");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith(
                        WORKFLOW + ":12: Cannot find common/notify/workflow.xml that app-path names"));
    }

    @Test
    void findsFilesThatAreNotThere() {
        sample.replace(
                WORKFLOW, "<start to=\"load\"/>", "<global><job-xml>q-site.xml</job-xml></global><start to=\"load\"/>");

        assertThat(sample.told())
                .containsExactly(WORKFLOW + ":2: Cannot find sales/hourly/q-site.xml that job-xml names: q-site.xml"
                        + " (expected a file of the applications, or a deployed jar in lib/)");
    }

    @Test
    void findsTransitionsToNoNode() {
        sample.replace(WORKFLOW, "<start to=\"load\"/>", "<start to=\"loads\"/>");

        assertThat(sample.told())
                .contains(WORKFLOW + ":2: Cannot go to loads: there is no such node (expected one of load, notify,"
                        + " failed, end)")
                .anyMatch(problem -> problem.startsWith(WORKFLOW + ":3: Cannot reach action load"));
    }

    @Test
    void findsRepetitionsThatOozieWouldNotMake() {
        sample.replace(
                WORKFLOW, "<action name=\"load\">", "<action name=\"load\" retry-max=\"5\" retry-interval=\"1\">");

        assertThat(sample.told())
                .singleElement()
                .asString()
                .startsWith(WORKFLOW + ":3: Cannot repeat load 5 times (expected at most 3");
    }

    @Test
    void findsCircles() {
        sample.replace(WORKFLOW, "<ok to=\"end\"/>", "<ok to=\"load\"/>");

        assertThat(sample.told()).anyMatch(problem -> problem.startsWith(WORKFLOW + ":3: Cannot run load"));
    }

    @Test
    void findsErrorsThatNobodyIsToldOf() {
        sample.replace(WORKFLOW, "<error to=\"notify\"/>", "<error to=\"failed\"/>");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith(
                        WORKFLOW + ":8: Cannot tell of an error of load: it leads to failed (expected notify"));
    }

    @Test
    void findsErrorsThatEndWell() {
        sample.replace(WORKFLOW, "<ok to=\"failed\"/>", "<ok to=\"end\"/>");

        assertThat(sample.told())
                .anyMatch(problem -> problem.startsWith(
                        WORKFLOW + ":8: Cannot tell of an error of load: it leads to end (expected notify"));
    }

    @Test
    void listsAllProblemsNotTheFirstAlone() {
        sample.replace(WORKFLOW, "<mkdir ", "<makedir ").replace(WORKFLOW, "${hour}: ", "${our}: ");
        sample.replace("bundle.xml", "name=\"q-platform\"", "title=\"q\"").addProperty("x=${y}");

        assertThat(sample.problems()).extracting(Problem::file).contains("bundle.xml", "cluster.properties", WORKFLOW);
        assertThat(sample.problems()).hasSizeGreaterThanOrEqualTo(5);
    }
}
