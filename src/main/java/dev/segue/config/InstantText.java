package dev.segue.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Instants as settings and mappings spell them: a date, which is its first instant in UTC, or an instant. */
public final class InstantText {
    private InstantText() {}

    /** @throws IllegalArgumentException saying how an instant is spelt */
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
