package com.qcompany.ops.schedule.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a workflow and where each can lead.
 *
 * @param file name of the workflow's file
 * @param nodes by name; the start is called {@code start} and a colon, which no node is
 */
record WorkflowGraph(String file, Map<String, Node> nodes) {

    private static final String START = "start:";

    /** A node; {@code element} is all of it. */
    record Node(String name, XmlElement element, List<Transition> transitions) {}

    /** Where a node can lead, and whether only after an error. */
    record Transition(String target, int line, boolean onError) {}

    static WorkflowGraph of(String file, XmlElement workflow) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        workflow.children("start", "end", "kill", "decision", "fork", "join", "action")
                .map(element -> new Node(
                        element.name().equals("start") ? START : element.attribute("name"),
                        element,
                        transitions(element)))
                .forEach(node -> nodes.put(node.name(), node));
        return new WorkflowGraph(file, nodes);
    }

    /** Transitions to nothing, nodes that nothing leads to, circles. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        Set<String> reached = reached(START, node -> false);
        for (Node node : nodes.values()) {
            int line = node.element().line();
            for (Transition transition : node.transitions()) {
                if (!nodes.containsKey(transition.target())) {
                    problems.add(Problem.error(
                            file,
                            transition.line(),
                            "Cannot go to %s: there is no such node (expected one of %s)"
                                    .formatted(transition.target(), named())));
                }
            }
            if (!reached.contains(node.name())) {
                problems.add(Problem.error(
                        file,
                        line,
                        "Cannot reach %s %s (expected some way from start)"
                                .formatted(node.element().name(), node.name())));
            }
            if (node.transitions().stream()
                    .anyMatch(next -> reached(next.target(), any -> false).contains(node.name()))) {
                problems.add(Problem.error(
                        file,
                        line,
                        "Cannot run %s: it leads back to itself (expected no circles)".formatted(node.name())));
            }
        }
        return problems;
    }

    /**
     * Errors that nobody would be told of: those that come to an end, or to a kill, without a node that tells.
     *
     * @param tells whether a node tells of errors
     */
    List<Problem> untoldErrors(Predicate<XmlElement> tells) {
        return nodes.values().stream()
                .filter(node -> !tells.test(node.element()))
                .flatMap(node -> node.transitions().stream()
                        .filter(Transition::onError)
                        .flatMap(transition -> untold(transition.target(), tells)
                                .map(last -> Problem.error(
                                        file,
                                        transition.line(),
                                        "Cannot tell of an error of %s: it leads to %s (expected notify, then a kill)"
                                                .formatted(node.name(), last)))))
                .toList();
    }

    /** Names of nodes that an error comes to last without having been told of as it should. */
    private Stream<String> untold(String from, Predicate<XmlElement> tells) {
        return reached(from, node -> tells.test(node.element())).stream()
                .flatMap(name -> tells.test(element(name))
                        ? reached(name, node -> false).stream()
                                .filter(last -> element(last).name().equals("end"))
                        : Stream.of(name).filter(last -> Set.of("kill", "end")
                                .contains(element(last).name())))
                .distinct();
    }

    /** Names of the nodes that one leads to, itself among them; those that stop lead no further. */
    private Set<String> reached(String from, Predicate<Node> stops) {
        Set<String> reached = new LinkedHashSet<>();
        reach(from, stops, reached);
        return reached;
    }

    private void reach(String name, Predicate<Node> stops, Set<String> reached) {
        Node node = nodes.get(name);
        if (node != null && reached.add(name) && !stops.test(node)) {
            node.transitions().forEach(transition -> reach(transition.target(), stops, reached));
        }
    }

    private XmlElement element(String name) {
        return Objects.requireNonNull(nodes.get(name), name).element();
    }

    private String named() {
        return nodes.keySet().stream().filter(name -> !name.equals(START)).collect(Collectors.joining(", "));
    }

    private static List<Transition> transitions(XmlElement node) {
        Stream<XmlElement> leading =
                switch (node.name()) {
                    case "start", "join" -> Stream.of(node);
                    case "action" -> node.children("ok", "error");
                    case "decision" -> node.all("case", "default");
                    case "fork" -> node.children("path");
                    default -> Stream.of();
                };
        return leading.map(element -> new Transition(
                        element.attribute(element.name().equals("path") ? "start" : "to"),
                        element.line(),
                        element.name().equals("error")))
                .toList();
    }
}
