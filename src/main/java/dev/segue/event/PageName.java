// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import org.jspecify.annotations.Nullable;

/** Names the page that was viewed: its path, without which the path in its URL, its name or its title. */
public final class PageName {
    /** Longer names are cut. */
    private static final int MOST_CHARACTERS = 200;

    private PageName() {}

    /** Null if the event is not a view of a page, or does not say of which. */
    public static @Nullable String of(Event event) {
        if (!event.type().name().equals(EventNames.PAGE_VIEWED)) {
            return null;
        }
        String url = text(event, "url");
        String[] names = {text(event, "path"), url == null ? null : path(url), text(event, "name"), text(event, "title")
        };
        for (String name : names) {
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** A hash of 48 bits: that two pages of a session have the same is unlikely even among billions of sessions. */
    static long hash(String page) {
        // FNV-1a.
        long hash = 0xcbf29ce484222325L;
        for (int index = 0; index < page.length(); index++) {
            hash = (hash ^ page.charAt(index)) * 0x100000001b3L;
        }
        return (hash ^ (hash >>> 48)) & 0xffff_ffff_ffffL;
    }

    /** What follows the host, without query and fragment. */
    private static String path(String url) {
        int scheme = url.indexOf("://");
        int host = scheme < 0 ? 0 : scheme + 3;
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int found = url.indexOf(mark, host);
            end = found < 0 ? end : Math.min(end, found);
        }
        int path = scheme < 0 ? 0 : url.indexOf('/', host);
        return path < 0 || path >= end ? "/" : url.substring(path, end);
    }

    /** The text of a field; null if it is unset, blank, or no such field exists. */
    static @Nullable String text(Event event, String field) {
        Object value = event.fields().get(field);
        if (!(value instanceof String text) || text.isBlank()) {
            return null;
        }
        return cut(text);
    }

    /** Shortens a name that is too long. */
    public static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
        return text.substring(0, end);
    }
}
