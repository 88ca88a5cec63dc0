// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a path is for.
 *
 * @param kind what it does
 * @param type of the messages that are sent there; empty for batches and settings
 * @param key the write key in the path; null if it has none
 */
record Endpoint(Kind kind, String type, @Nullable String key) {
    enum Kind {
        MESSAGE("POST"),
        BATCH("POST"),
        PIXEL("GET"),
        /** A pixel whose query has the members of the message one by one. */
        PIXEL_MEMBERS("GET"),
        SEGMENT_SETTINGS("GET"),
        RUDDER_SETTINGS("GET");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /** The method that trackers use. */
        String method() {
            return method;
        }
    }

    /** The browser's SDK uses the first letter. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("identify", "identify"),
            Map.entry("i", "identify"),
            Map.entry("track", "track"),
            Map.entry("t", "track"),
            Map.entry("page", "page"),
            Map.entry("p", "page"),
            Map.entry("screen", "screen"),
            Map.entry("s", "screen"),
            Map.entry("group", "group"),
            Map.entry("g", "group"),
            Map.entry("alias", "alias"),
            Map.entry("a", "alias"));

    private static final String PROJECTS = "/v1/projects/";
    private static final String SETTINGS = "/settings";

    /** Null if the path is for nothing. */
    static @Nullable Endpoint of(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        switch (plain) {
            case "/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch" -> {
                return new Endpoint(Kind.BATCH, "", null);
            }
            case "/sourceConfig" -> {
                return new Endpoint(Kind.RUDDER_SETTINGS, "", null);
            }
            default -> {
                return ofLongerPath(plain);
            }
        }
    }

    private static @Nullable Endpoint ofLongerPath(String path) {
        if (path.startsWith(PROJECTS) && path.endsWith(SETTINGS)) {
            int end = path.length() - SETTINGS.length();
            return end <= PROJECTS.length()
                    ? null
                    : new Endpoint(Kind.SEGMENT_SETTINGS, "", path.substring(PROJECTS.length(), end));
        }
        Endpoint pixel = typed(path, "/v1/pixel/", Kind.PIXEL);
        Endpoint members = pixel == null ? typed(path, "/pixel/v1/", Kind.PIXEL_MEMBERS) : pixel;
        return members == null ? typed(path, "/v1/", Kind.MESSAGE) : members;
    }

    private static @Nullable Endpoint typed(String path, String prefix, Kind kind) {
        String type = path.startsWith(prefix) ? TYPES.get(path.substring(prefix.length())) : null;
        return type == null ? null : new Endpoint(kind, type, null);
    }
}
