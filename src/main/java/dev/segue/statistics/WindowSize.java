// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.Locale;

/** How long a window is. */
public enum WindowSize {
    HOUR(1),
    DAY(2);

    private final int code;

    WindowSize(int code) {
        this.code = code;
    }

    /** The number in the stored form. */
    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException if no size has the number */
    public static WindowSize of(int code) {
        return switch (code) {
            case 1 -> HOUR;
            case 2 -> DAY;
            default -> throw new IllegalArgumentException("there is no size of windows " + code);
        };
    }

    /** The word in keys of records. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
