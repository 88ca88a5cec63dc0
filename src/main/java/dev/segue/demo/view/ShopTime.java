// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats the shop's time for people. */
public final class ShopTime {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ShopTime() {}

    public static String write(Instant time) {
        return MINUTES.format(time);
    }
}
