package com.qcompany.ops.schedule.validate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element and where it begins.
 *
 * @param name local name
 * @param namespace URI of its namespace
 * @param line line on which its start tag ends, from 1
 * @param attributes by local name
 * @param text text directly in it, trimmed
 * @param children elements directly in it
 */
public record XmlElement(
        String name,
        String namespace,
        int line,
        Map<String, String> attributes,
        String text,
        List<XmlElement> children) {

    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** An attribute's value; empty text where there is none. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Children of a name. */
    public Stream<XmlElement> children(String child) {
        return children.stream().filter(element -> element.name().equals(child));
    }

    /** The first child of a name. */
    public Optional<XmlElement> child(String child) {
        return children(child).findFirst();
    }

    /** This element and all below it, in the order of the file. */
    public Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }

    /** All elements of a name, this one included. */
    public Stream<XmlElement> all(String wanted) {
        return all().filter(element -> element.name().equals(wanted));
    }

    /** The properties of the {@code configuration} or {@code parameters} directly in it, by name; the element is the property. */
    Stream<Property> properties(String container) {
        return children(container)
                .flatMap(element -> element.children("property"))
                .map(property -> new Property(
                        property.child("name").map(XmlElement::text).orElse(""),
                        property.child("value").map(XmlElement::text).orElse(""),
                        property.line()));
    }

    /** A name and value that a configuration sets. */
    record Property(String name, String value, int line) {}
}
