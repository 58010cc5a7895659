package com.qcompany.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The templates of {@code src/main/jte}, compiled with the module. They escape every value. */
final class Templates {

    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader());

    private Templates() {}

    /** A page as UTF-8. */
    static byte[] render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        ENGINE.render(template + ".jte", values, output);
        return output.toString().getBytes(StandardCharsets.UTF_8);
    }
}
