package com.qcompany.ops.schedule.validate;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element and where it begins.
 *
 * @param name local name
 * @param line line on which its start tag ends, from 1
 * @param attributes by local name
 * @param text text directly in it, trimmed
 * @param children elements directly in it
 */
public record XmlElement(
        String name, int line, Map<String, String> attributes, String text, List<XmlElement> children) {

    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /**
     * Reads a file's root, with the platform's own parser; fetches nothing that the text refers to.
     *
     * @throws XMLStreamException if it is not well-formed, or has a document type, saying where
     */
    public static XmlElement read(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        reader.nextTag();
        XmlElement root = element(reader);
        while (reader.hasNext()) {
            reader.next();
        }
        return root;
    }

    private static XmlElement element(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName();
        int line = reader.getLocation().getLineNumber();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        List<XmlElement> children = new ArrayList<>();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                children.add(element(reader));
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
        }
        return new XmlElement(name, line, attributes, text.toString().strip(), children);
    }

    /** An attribute's value; empty text where there is none. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Children of any of some names. */
    public Stream<XmlElement> children(String... names) {
        return children.stream().filter(element -> List.of(names).contains(element.name()));
    }

    /** The first child of a name. */
    public Optional<XmlElement> child(String child) {
        return children(child).findFirst();
    }

    /** The text of the first child of a name; empty where there is none. */
    public String textOf(String child) {
        return child(child).map(XmlElement::text).orElse("");
    }

    /** This element and all below it, in the order of the file. */
    public Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }

    /** All elements of any of some names, this one included. */
    public Stream<XmlElement> all(String... names) {
        return all().filter(element -> List.of(names).contains(element.name()));
    }
}
