package com.qcompany.ops.schedule.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The nodes of a workflow and where each can lead.
 *
 * @param file name of the workflow's file
 * @param nodes by name; the start is called {@code start} and a colon, which no node is
 */
record WorkflowGraph(String file, Map<String, Node> nodes) {

    private static final String START = "start:";
    private static final Set<String> KINDS = Set.of("start", "end", "kill", "decision", "fork", "join", "action");

    /** A node; {@code element} is all of it. */
    record Node(String name, XmlElement element, List<Transition> transitions) {

        boolean is(String kind) {
            return element.name().equals(kind);
        }
    }

    /** Where a node can lead, and whether only after an error. */
    record Transition(String target, int line, boolean onError) {}

    static WorkflowGraph of(String file, XmlElement workflow) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        workflow.children().stream()
                .filter(element -> KINDS.contains(element.name()))
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
        nodes.values().forEach(node -> node.transitions().stream()
                .filter(transition -> !nodes.containsKey(transition.target()))
                .map(transition -> Problem.error(
                        file,
                        transition.line(),
                        "Cannot go to %s: there is no such node (expected one of %s)"
                                .formatted(transition.target(), named())))
                .forEach(problems::add));
        Set<String> reached = reached(START);
        nodes.values().stream()
                .filter(node -> !reached.contains(node.name()))
                .map(node -> Problem.error(
                        file,
                        node.element().line(),
                        "Cannot reach %s %s (expected some way from start)"
                                .formatted(node.element().name(), node.name())))
                .forEach(problems::add);
        nodes.values().stream()
                .filter(node -> node.transitions().stream()
                        .anyMatch(transition -> reached(transition.target()).contains(node.name())))
                .map(node -> Problem.error(
                        file,
                        node.element().line(),
                        "Cannot run %s: it leads back to itself (expected no circles)".formatted(node.name())))
                .forEach(problems::add);
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
        Set<String> untold = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Node node = nodes.get(open.pop());
            if (node == null || !seen.add(node.name())) {
                continue;
            }
            if (tells.test(node.element())) {
                Set<String> afterwards = reached(node.name());
                nodes.values().stream()
                        .filter(last -> last.is("end") && afterwards.contains(last.name()))
                        .map(Node::name)
                        .forEach(untold::add);
            } else if (node.is("kill") || node.is("end")) {
                untold.add(node.name());
            } else {
                node.transitions().forEach(transition -> open.push(transition.target()));
            }
        }
        return untold.stream();
    }

    private Set<String> reached(String from) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Node node = nodes.get(open.pop());
            if (node != null && reached.add(node.name())) {
                node.transitions().forEach(transition -> open.push(transition.target()));
            }
        }
        return reached;
    }

    private String named() {
        return String.join(
                ", ",
                nodes.keySet().stream().filter(name -> !name.equals(START)).toList());
    }

    private static List<Transition> transitions(XmlElement node) {
        return switch (node.name()) {
            case "start", "join" -> List.of(new Transition(node.attribute("to"), node.line(), false));
            case "action" ->
                node.children().stream()
                        .filter(child ->
                                child.name().equals("ok") || child.name().equals("error"))
                        .map(child -> new Transition(
                                child.attribute("to"),
                                child.line(),
                                child.name().equals("error")))
                        .toList();
            case "decision" ->
                node.all()
                        .filter(child ->
                                child.name().equals("case") || child.name().equals("default"))
                        .map(child -> new Transition(child.attribute("to"), child.line(), false))
                        .toList();
            case "fork" ->
                node.children("path")
                        .map(child -> new Transition(child.attribute("start"), child.line(), false))
                        .toList();
            default -> List.of();
        };
    }
}
