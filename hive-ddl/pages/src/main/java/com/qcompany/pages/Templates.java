package com.qcompany.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The templates of {@code src/main/jte}, compiled with the module. They escape every value. */
final class Templates {

    private static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader());

    private Templates() {}

    /** A page as UTF-8. */
    static byte[] render(String template, Frame frame, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("frame", frame);
        StringOutput output = new StringOutput();
        ENGINE.render(template + ".jte", all, output);
        return output.toString().getBytes(StandardCharsets.UTF_8);
    }
}
