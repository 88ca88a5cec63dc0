// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Parses instants in settings and mappings: an ISO 8601 instant, or a date, which means its first instant in UTC. */
public final class InstantText {
    private InstantText() {}

    /** @throws IllegalArgumentException if the text is neither; the message shows the format */
    public static Instant read(String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a date such as 2000-01-01 nor an instant such as 2000-01-01T00:00:00Z",
                    unreadable);
        }
    }
}
