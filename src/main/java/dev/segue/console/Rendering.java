// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.ConsoleData;
import dev.segue.console.page.FreshnessText;
import java.util.Map;

/** Makes whole pages: a template, and what is around it. */
record Rendering(ConsoleData data, Html html, Assets assets, FormTokens forms) {

    Rendering(ConsoleData data) {
        this(data, new Html(), new Assets(), new FormTokens());
    }

    /**
     * @param section see {@link PageFrame}
     * @param page what the template shows
     */
    WebReply page(String template, String title, String section, Object page, Viewer viewer) {
        return WebReply.page(html.render(template, Map.of("frame", frame(title, section, viewer), "page", page)));
    }

    /** A part of a page that renews itself. */
    WebReply part(String template, Object page) {
        return WebReply.page(html.render(template, Map.of("page", page)));
    }

    WebReply problem(int status, String title, String text, Viewer viewer) {
        return WebReply.page(status, html.render("problem", Map.of("frame", frame(title, "-", viewer), "text", text)));
    }

    private PageFrame frame(String title, String section, Viewer viewer) {
        return new PageFrame(
                title, section, FreshnessText.of(data.freshness()), viewer, forms.of(viewer), assets::address);
    }
}
