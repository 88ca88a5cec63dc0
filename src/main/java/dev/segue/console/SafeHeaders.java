// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The headers of every response that keep browsers from doing more than the console needs. */
final class SafeHeaders {
    /** Nothing from elsewhere, no script or style within a page, and no page of others around it. */
    static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private SafeHeaders() {}

    static void put(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }
}
