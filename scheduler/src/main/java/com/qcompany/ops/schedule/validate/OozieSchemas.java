package com.qcompany.ops.schedule.validate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.apache.oozie.client.OozieClient;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The schemas that Oozie's server checks applications with, from its client's jar. Thread-safe. */
record OozieSchemas(Schema schema) {

    /** The newest of each: the applications are written to them. */
    private static final List<String> NAMES = List.of(
            "oozie-workflow-1.0",
            "oozie-coordinator-0.5",
            "oozie-bundle-0.2",
            "oozie-sla-0.2",
            "hive2-action-1.0",
            "email-action-0.2",
            "shell-action-1.0",
            "distcp-action-1.0",
            "spark-action-1.0",
            "sqoop-action-1.0",
            "git-action-1.0",
            "ssh-action-0.2");

    static OozieSchemas load() {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            // They include a file of common types that lies beside them in the jar.
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "jar:file,file,jar");
            return new OozieSchemas(
                    factory.newSchema(NAMES.stream().map(OozieSchemas::source).toArray(Source[]::new)));
        } catch (SAXException e) {
            throw new IllegalStateException("Oozie's own schemas cannot be read", e);
        }
    }

    /** What a well-formed file has that the schemas do not allow. */
    List<Problem> problems(String file, byte[] content) {
        List<Problem> problems = new ArrayList<>();
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new DefaultHandler() {
            @Override
            public void error(SAXParseException e) {
                // Without the number of the rule, as cvc-complex-type.2.4.a.
                String message = String.valueOf(e.getMessage()).replaceFirst("^cvc-[^:]+: ", "");
                problems.add(Problem.error(file, e.getLineNumber(), message));
            }
        });
        try {
            validator.validate(new StreamSource(new ByteArrayInputStream(content)));
        } catch (SAXException e) {
            throw new IllegalStateException("A well-formed file cannot be read again: " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }

    private static StreamSource source(String name) {
        URL url = Objects.requireNonNull(
                OozieClient.class.getResource("/" + name + ".xsd"), "Oozie's client brings its schemas");
        return new StreamSource(url.toExternalForm());
    }
}
