// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Lets the pages of a sender's web origins use the collector from a browser. */
final class Cors {
    private static final String METHODS = "GET, POST, OPTIONS";
    private static final String EXPOSED = "Retry-After";

    /** Browsers ask again no later than after two hours, whatever they are told. */
    private static final String SECONDS = "7200";

    private static final int MOST_HEADERS = 30;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}";

    private Cors() {}

    /** Allows a page of this origin to read the response. */
    static void allow(HttpFields.Mutable headers, String webOrigin) {
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, webOrigin);
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        headers.put(HttpHeader.VARY, "Origin");
    }

    /**
     * Allows the request that a browser asks about beforehand, with the headers that it asks for: trackers add their own
     * from version to version, and none of them means anything here.
     *
     * @param requested the value of {@code Access-Control-Request-Headers}
     */
    static void allowRequest(HttpFields.Mutable headers, @Nullable String requested) {
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, SECONDS);
        if (requested != null && isListOfHeaders(requested)) {
            headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }

    private static boolean isListOfHeaders(String text) {
        String[] names = text.split(",", -1);
        return names.length <= MOST_HEADERS
                && Arrays.stream(names).allMatch(name -> name.strip().matches(TOKEN));
    }
}
