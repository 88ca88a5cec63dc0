// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.util.HashMap;
import java.util.Map;

/**
 * The response to a request.
 *
 * @param type value of {@code Content-Type}
 * @param headers further headers
 */
public record WebReply(int status, String type, String body, Map<String, String> headers) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    static WebReply page(String html) {
        return page(200, html);
    }

    static WebReply page(int status, String html) {
        return new WebReply(status, HTML, html, Map.of());
    }

    static WebReply text(int status, String text) {
        return new WebReply(status, TEXT, text + "\n", Map.of());
    }

    /** Sends the browser to another page of the console. */
    static WebReply seeOther(String path, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Location", path);
        return new WebReply(303, TEXT, "", all);
    }
}
