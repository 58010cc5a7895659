package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.Secrets;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/**
 * Checks applications as Oozie would meet them: from the bundle to its coordinators, their workflows, and what those
 * call, each with the parameters that come down to it. Finds all problems, not the first alone. Used once.
 */
public final class Validation {

    private static final String COORDINATOR = "coordinator.xml";
    private static final String WORKFLOW = "workflow.xml";
    private static final String NOTIFY = "common/notify/" + WORKFLOW;
    private static final String[] FILE_REFERENCES = {"job-xml", "file", "archive", "script", "jar"};
    /** Roots of files that no schema is for. */
    private static final Set<String> PLAIN_ROOTS = Set.of("configuration", "datasets");

    /** Default of {@code oozie.service.LiteWorkflowStoreService.user.retry.max}. */
    private static final int MAX_RETRIES = 3;

    private static final String SECRET = "(?i).*(password|secret|credential)$";

    private final Applications applications;
    private final JobProperties properties;
    private final SortedSet<Problem> problems = new TreeSet<>(Problem.ORDER);
    private final Map<String, XmlElement> parsed = new HashMap<>();
    private final Set<String> visited = new HashSet<>();
    private final ParameterCheck parameters;

    private Validation(Applications applications, JobProperties properties) {
        this.applications = applications;
        this.properties = properties;
        this.parameters = new ParameterCheck(properties, problems);
    }

    /** All problems, by file and line. */
    public static List<Problem> problems(Applications applications, JobProperties properties) {
        return new Validation(applications, properties).run();
    }

    private List<Problem> run() {
        OozieSchemas schemas = OozieSchemas.load();
        applications.contents().forEach((name, content) -> {
            if (name.endsWith(".xml")) {
                parse(name, content, schemas);
            }
        });
        parameters.checkProperties();
        checkSecrets();
        visitBundle();
        parsed.keySet().stream()
                .filter(name -> !visited.contains(name))
                .forEach(name -> problems.add(Problem.warning(
                        name, 1, "Cannot see a use of %s (expected it in the bundle)".formatted(name))));
        parameters.reportUnused();
        return List.copyOf(problems);
    }

    private void parse(String name, byte[] content, OozieSchemas schemas) {
        try {
            XmlElement root = XmlElement.read(new ByteArrayInputStream(content));
            parsed.put(name, root);
            if (!PLAIN_ROOTS.contains(root.name())) {
                problems.addAll(schemas.problems(name, content));
            }
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage()).replaceFirst("(?s)^ParseError at .*\\nMessage: ", "");
            problems.add(Problem.error(name, e.getLocation().getLineNumber(), message));
        }
    }

    private void checkSecrets() {
        properties.written().forEach((key, value) -> {
            if (key.matches(SECRET) && !value.isEmpty() || Secrets.assignsPlain(key + "=" + value)) {
                problems.add(Problem.error(
                        properties.file(),
                        properties.line(key),
                        "Cannot deploy %s: everyone can read job properties (expected secrets in a credential store)"
                                .formatted(key)));
            }
        });
    }

    private void visitBundle() {
        String name = Applications.BUNDLE;
        Scope scope = Scope.of(properties);
        visit(name, scope).ifPresent(bundle -> bundle.children("coordinator")
                .forEach(coordinator -> application(coordinator, name, COORDINATOR)
                        .ifPresent(file -> visitCoordinator(file, scope.with(name, coordinator, "configuration")))));
    }

    private void visitCoordinator(String name, Scope outer) {
        visit(name, outer).ifPresent(coordinator -> {
            Scope scope = outer.with(name, coordinator, "parameters");
            coordinator.all("include").forEach(include -> reference(include, name)
                    .ifPresent(file -> visit(file, scope)));
            coordinator.all("workflow").forEach(workflow -> application(workflow, name, WORKFLOW)
                    .ifPresent(file -> visitWorkflow(file, scope.with(name, workflow, "configuration"), true)));
        });
    }

    private void visitWorkflow(String name, Scope outer, boolean mustNotify) {
        visit(name, outer).ifPresent(workflow -> {
            Scope scope = outer.with(name, workflow, "parameters");
            checkNodes(name, workflow, mustNotify);
            workflow.all(FILE_REFERENCES)
                    .forEach(element ->
                            reference(element, name).filter(parsed::containsKey).ifPresent(file -> visit(file, scope)));
            workflow.all("sub-workflow").forEach(call -> {
                Scope handedDown = call.child("propagate-configuration").isPresent() ? scope : Scope.NOTHING;
                application(call, name, WORKFLOW)
                        .filter(file -> !file.equals(name))
                        .ifPresent(file -> visitWorkflow(file, handedDown.with(name, call, "configuration"), false));
            });
        });
    }

    private void checkNodes(String name, XmlElement workflow, boolean mustNotify) {
        WorkflowGraph graph = WorkflowGraph.of(name, workflow);
        problems.addAll(graph.problems());
        checkRetries(name, workflow);
        if (mustNotify) {
            problems.addAll(graph.untoldErrors(node -> node.children("sub-workflow")
                    .flatMap(call -> call.children("app-path"))
                    .flatMap(path -> Applications.name(path.text(), name, properties).stream())
                    .anyMatch(
                            called -> applications.definition(called, WORKFLOW).equals(NOTIFY))));
        }
    }

    private void checkRetries(String name, XmlElement workflow) {
        workflow.all("action")
                .filter(action -> action.attribute("retry-max").matches("\\d{2,}|[4-9]"))
                .forEach(action -> problems.add(Problem.error(
                        name,
                        action.line(),
                        "Cannot repeat %s %s times (expected at most %d: Oozie repeats no more, whatever is written)"
                                .formatted(action.attribute("name"), action.attribute("retry-max"), MAX_RETRIES))));
    }

    /** Checks the parameters of a file; empty where it cannot be read, which has been told. */
    private Optional<XmlElement> visit(String name, Scope outer) {
        visited.add(name);
        XmlElement root = parsed.get(name);
        if (root == null) {
            return Optional.empty();
        }
        parameters.check(name, root, outer.with(name, root, "parameters"));
        return Optional.of(root);
    }

    /** The file of the application that an element's path leads to. */
    private Optional<String> application(XmlElement caller, String user, String file) {
        return caller.child("app-path").flatMap(path -> Applications.name(path.text(), user, properties)
                .map(name -> applications.definition(name, file))
                .filter(name -> exists(name, path, user)));
    }

    private Optional<String> reference(XmlElement element, String user) {
        return Applications.name(element.text(), user, properties).filter(name -> exists(name, element, user));
    }

    private boolean exists(String name, XmlElement element, String user) {
        boolean exists = applications.has(name);
        if (!exists) {
            problems.add(Problem.error(
                    user,
                    element.line(),
                    "Cannot find %s that %s names: %s (expected a file of the applications, or a deployed jar in lib/)"
                            .formatted(name, element.name(), element.text())));
        }
        return exists;
    }
}
