package com.qcompany.ops.schedule.validate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small applications without a fault, of which tests break one thing each. */
final class SampleApplications {

    static final String WORKFLOW = "sales/hourly/workflow.xml";
    static final String COORDINATOR = "sales/hourly/coordinator.xml";

    private static final String PROPERTIES =
            """
            # addresses
            nameNode=hdfs://namenode:8020
            appPath=${nameNode}/apps/q/v1
            start=2026-01-01T00:00Z
            end=2026-02-01T00:00Z
            alertTo=ops@example.test
            oozie.bundle.application.path=${appPath}/bundle.xml
            """;

    private final SortedMap<String, byte[]> contents = new TreeMap<>();
    private String properties = PROPERTIES;

    SampleApplications() {
        put(
                "bundle.xml",
                """
                <bundle-app xmlns="uri:oozie:bundle:0.2" name="q-platform">
                  <coordinator name="sales-hourly">
                    <app-path>${appPath}/sales/hourly</app-path>
                  </coordinator>
                </bundle-app>
                """);
        put(
                COORDINATOR,
                """
                <coordinator-app xmlns="uri:oozie:coordinator:0.5" name="sales-hourly"
                                 frequency="${coord:hours(1)}" start="${start}" end="${end}" timezone="UTC">
                  <action>
                    <workflow>
                      <app-path>${appPath}/sales/hourly</app-path>
                      <configuration>
                        <property>
                          <name>hour</name>
                          <value>${coord:formatTime(coord:nominalTime(), 'yyyy-MM-dd-HH')}</value>
                        </property>
                      </configuration>
                    </workflow>
                  </action>
                </coordinator-app>
                """);
        put(
                WORKFLOW,
                """
                <workflow-app xmlns="uri:oozie:workflow:1.0" name="sales-hourly">
                  <start to="load"/>
                  <action name="load">
                    <fs>
                      <mkdir path="${nameNode}/loaded/${hour}"/>
                    </fs>
                    <ok to="end"/>
                    <error to="notify"/>
                  </action>
                  <action name="notify">
                    <sub-workflow>
                      <app-path>${appPath}/common/notify</app-path>
                      <propagate-configuration/>
                    </sub-workflow>
                    <ok to="failed"/>
                    <error to="failed"/>
                  </action>
                  <kill name="failed">
                    <message>${hour}: ${wf:errorMessage(wf:lastErrorNode())}</message>
                  </kill>
                  <end name="end"/>
                </workflow-app>
                """);
        put(
                "common/notify/workflow.xml",
                """
                <workflow-app xmlns="uri:oozie:workflow:1.0" name="notify">
                  <start to="mail"/>
                  <action name="mail">
                    <email xmlns="uri:oozie:email-action:0.2">
                      <to>${alertTo}</to>
                      <subject>${hour}</subject>
                      <body>Failed</body>
                    </email>
                    <ok to="end"/>
                    <error to="failed"/>
                  </action>
                  <kill name="failed">
                    <message>no mail</message>
                  </kill>
                  <end name="end"/>
                </workflow-app>
                """);
    }

    void put(String file, String text) {
        contents.put(file, text.getBytes(StandardCharsets.UTF_8));
    }

    SampleApplications replace(String file, String text, String by) {
        String before = new String(contents.get(file), StandardCharsets.UTF_8);
        if (!before.contains(text)) {
            throw new IllegalArgumentException("Cannot replace %s in %s: it is not there".formatted(text, file));
        }
        put(file, before.replace(text, by));
        return this;
    }

    SampleApplications addProperty(String line) {
        properties += line + "\n";
        return this;
    }

    SampleApplications remove(String file) {
        contents.remove(file);
        return this;
    }

    List<Problem> problems() {
        return Validation.problems(
                new Applications(contents, Set.of("q-mapreduce.jar")),
                JobProperties.parse("cluster.properties", properties));
    }

    /** Problems as a user reads them. */
    List<String> told() {
        return problems().stream().map(Problem::toString).toList();
    }
}
