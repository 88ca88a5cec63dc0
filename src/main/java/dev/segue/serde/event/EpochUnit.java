// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/**
 * The units in which systems count time since 1970. For the years 2000 to 2099 the number determines its unit, because
 * a factor of a thousand leads out of that range.
 */
public enum EpochUnit {
    SECONDS(3),
    MILLISECONDS(0),
    MICROSECONDS(-3),
    NANOSECONDS(-6);

    private static final long FROM = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    /** A longer number is not a time, and would be slow to compute with. */
    private static final int DIGITS = 40;

    /** How far the decimal point is moved to get milliseconds. */
    private final int places;

    EpochUnit(int places) {
        this.places = places;
    }

    /**
     * A hint about the unit of an impossible time: {@code "; it looks like seconds: 2026-03-01T10:00:00Z"}, or an empty
     * text if no unit gives a plausible time.
     */
    public static String hint(BigDecimal number) {
        if (number.precision() > DIGITS || Math.abs((long) number.scale()) > DIGITS) {
            return "";
        }
        for (EpochUnit unit : values()) {
            BigDecimal millis = number.movePointRight(unit.places).setScale(0, RoundingMode.FLOOR);
            if (millis.compareTo(BigDecimal.valueOf(FROM)) >= 0 && millis.compareTo(BigDecimal.valueOf(TO)) < 0) {
                return "; it looks like " + unit.name().toLowerCase(Locale.ROOT) + ": "
                        + Instant.ofEpochMilli(millis.longValueExact());
            }
        }
        return "";
    }

    /** As {@link #hint(BigDecimal)}, for a number or its text. */
    public static String hint(Object sent) {
        if (sent instanceof Instant instant) {
            return hint(BigDecimal.valueOf(millis(instant)));
        }
        String text = sent.toString().strip();
        try {
            return text.length() <= DIGITS ? hint(new BigDecimal(text)) : "";
        } catch (NumberFormatException noNumber) {
            return "";
        }
    }

    private static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException | DateTimeException beyond) {
            return 0;
        }
    }
}
