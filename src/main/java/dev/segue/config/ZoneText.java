package dev.segue.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Time zones as settings spell them: names of the IANA data base such as {@code Europe/Berlin}, or {@code +05:30}. */
public final class ZoneText {
    private ZoneText() {}

    /** @throws IllegalArgumentException saying how a time zone is spelt */
    public static ZoneId read(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time zone such as Europe/Berlin, UTC or +05:30", unknown);
        }
    }
}
