// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.Locale;

/** What is counted. */
public enum StatisticKind {
    SEGMENT(1),
    PAGE(2),
    FORM(3),
    PRODUCT(4),
    CATEGORY(5),
    TRIGGER(6);

    private final int code;

    StatisticKind(int code) {
        this.code = code;
    }

    /** The number in the stored form. */
    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException if no kind has the number */
    public static StatisticKind of(int code) {
        for (StatisticKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("there is no kind of statistic " + code);
    }

    /** The word in keys of records. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
