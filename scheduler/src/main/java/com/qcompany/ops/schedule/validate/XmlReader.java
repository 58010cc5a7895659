package com.qcompany.ops.schedule.validate;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML into {@link XmlElement}s that know their lines. Fetches nothing that the text refers to. */
public final class XmlReader extends DefaultHandler {

    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Locator locator;
    private @Nullable XmlElement root;

    private XmlReader() {}

    /**
     * Reads a file.
     *
     * @throws SAXException if it is not well-formed; a {@link org.xml.sax.SAXParseException} says where
     */
    public static XmlElement read(InputStream in) throws IOException, SAXException {
        XmlReader elements = new XmlReader();
        XMLReader reader = secureReader();
        reader.setContentHandler(elements);
        reader.setErrorHandler(elements);
        reader.parse(new InputSource(in));
        return Objects.requireNonNull(elements.root, "a well-formed file has a root");
    }

    /** A reader of the platform's own, whatever else lies on the class path. */
    static XMLReader secureReader() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The platform's XML parser lacks what every one has", e);
        }
    }

    @Override
    public void setDocumentLocator(Locator documentLocator) {
        locator = documentLocator;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            values.put(attributes.getLocalName(i), attributes.getValue(i));
        }
        int line = Objects.requireNonNull(locator, "the platform's parser knows lines")
                .getLineNumber();
        open.push(new Open(localName, uri, line, values, new StringBuilder(), new ArrayList<>()));
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        open.element().text().append(chars, start, length);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        XmlElement element = open.pop().close();
        if (open.isEmpty()) {
            root = element;
        } else {
            open.element().children().add(element);
        }
    }

    private record Open(
            String name,
            String namespace,
            int line,
            Map<String, String> attributes,
            StringBuilder text,
            List<XmlElement> children) {

        XmlElement close() {
            return new XmlElement(
                    name, namespace, line, attributes, text.toString().strip(), children);
        }
    }
}
