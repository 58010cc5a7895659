package com.qcompany.ops.schedule.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters that a file can use, from the job properties down through everything that leads to it.
 *
 * @param declarations by name; of several of a name the innermost
 * @param files files that can declare some, the outermost first
 */
record Scope(Map<String, Declaration> declarations, List<String> files) {

    /** Where a parameter gets its value. */
    record Declaration(String file, int line, String name) {}

    Scope {
        declarations = Map.copyOf(declarations);
        files = List.copyOf(files);
    }

    static Scope of(JobProperties properties) {
        Scope scope = new Scope(Map.of(), List.of());
        return scope.with(
                properties.file(),
                properties.written().keySet().stream()
                        .map(key -> new Declaration(properties.file(), properties.line(key), key))
                        .toList());
    }

    /** What a called application sees where nothing is handed down but what its caller's configuration sets. */
    Scope withoutOuter() {
        return new Scope(Map.of(), List.of());
    }

    Scope with(String file, List<Declaration> more) {
        Map<String, Declaration> all = new LinkedHashMap<>(declarations);
        more.forEach(declaration -> all.put(declaration.name(), declaration));
        List<String> from = new ArrayList<>(files);
        if (!from.contains(file)) {
            from.add(file);
        }
        return new Scope(all, from);
    }

    Optional<Declaration> find(String name) {
        return Optional.ofNullable(declarations.get(name));
    }

    Set<String> names() {
        return declarations.keySet();
    }
}
