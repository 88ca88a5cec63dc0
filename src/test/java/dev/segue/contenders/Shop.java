// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of shop. A lived shop has fewer customers, because each has many more events: one run of one contender
 * should take minutes.
 */
enum Shop {
    YOUNG,
    LIVED;

    /**
     * How large a shop is unless options say otherwise.
     *
     * @param events after its history
     * @param eventsPerSecond of the steady load; 0 for none
     */
    record Size(int events, int shoppers, int eventsPerSecond) {}

    Size size(boolean quick) {
        return switch (this) {
            case YOUNG -> quick ? new Size(30_000, 2_000, 2_000) : new Size(400_000, 30_000, 10_000);
            case LIVED -> quick ? new Size(15_000, 150, 0) : new Size(50_000, 500, 0);
        };
    }

    /** The value of the option. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Shop::label).toList();
    }
}
