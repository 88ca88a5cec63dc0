// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request to the demo.
 *
 * @param method in capitals
 * @param path decoded segments: of {@code /subjects/a%2Fb/versions}, these are {@code subjects}, {@code a/b} and
 *     {@code versions}
 * @param query decoded parameters; of a repeated one, the first value
 * @param body at most {@link DemoPort#LONGEST_BODY} bytes
 */
record DemoRequest(String method, List<String> path, Map<String, String> query, String body) {
    DemoRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    DemoRequest(String method, List<String> path, Map<String, String> query, byte[] body) {
        this(method, path, query, new String(body, StandardCharsets.UTF_8));
    }

    /** The parameter's value; empty if it is missing. */
    String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
