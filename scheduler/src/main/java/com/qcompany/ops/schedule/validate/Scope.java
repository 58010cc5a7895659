package com.qcompany.ops.schedule.validate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters that a file can use, from the job properties down through everything that leads to it.
 *
 * @param declarations by name; of several of a name the innermost
 * @param files files that can declare some, the outermost first
 */
record Scope(Map<String, Declaration> declarations, Set<String> files) {

    /** What a called application sees where nothing is handed down but what its caller's configuration sets. */
    static final Scope NOTHING = new Scope(Map.of(), Set.of());

    record Declaration(String file, int line, String name) {}

    static Scope of(JobProperties properties) {
        return NOTHING.with(
                properties.file(),
                properties.written().keySet().stream()
                        .map(key -> new Declaration(properties.file(), properties.line(key), key)));
    }

    /** The same with what an element of a file declares in its {@code configuration} or {@code parameters}. */
    Scope with(String file, XmlElement element, String container) {
        return with(
                file,
                element.children(container)
                        .flatMap(list -> list.children("property"))
                        .map(property -> new Declaration(file, property.line(), property.textOf("name"))));
    }

    private Scope with(String file, Stream<Declaration> more) {
        Map<String, Declaration> all = new LinkedHashMap<>(declarations);
        more.forEach(declaration -> all.put(declaration.name(), declaration));
        Set<String> from = new LinkedHashSet<>(files);
        from.add(file);
        return new Scope(all, from);
    }

    Optional<Declaration> find(String name) {
        return Optional.ofNullable(declarations.get(name));
    }
}
