// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders the templates of {@code src/main/jte/console}, which escape every value. Safe for several threads. */
final class Html {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * @param template such as {@code segments}
     * @param params by the names that the template declares
     */
    String render(String template, Map<String, Object> params) {
        StringOutput output = new StringOutput();
        engine.render("console/" + template + ".jte", params, output);
        return output.toString();
    }
}
