// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes addresses within the console. */
public final class Address {
    private Address() {}

    /** @param parameters empty ones are left out */
    public static String of(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    public static String segment(String name) {
        return "/segments/" + encoded(name);
    }

    public static String trigger(String name) {
        return "/triggers/" + encoded(name);
    }

    public static String customer(String id) {
        return "/customers/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
