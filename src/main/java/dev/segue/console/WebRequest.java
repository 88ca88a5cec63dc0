// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.util.List;
import java.util.Map;

/**
 * A request that has passed all checks.
 *
 * @param path the decoded parts between slashes, such as {@code segments} and a name
 * @param query the first value of each parameter of the address
 * @param form the first value of each field of the body; empty for GET
 */
public record WebRequest(
        boolean isPost, List<String> path, Map<String, String> query, Map<String, String> form, Viewer viewer) {
    public WebRequest {
        path = List.copyOf(path);
    }

    /** Returns a part of the path; empty if it is shorter. */
    String part(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }
}
