// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/** One segment, or another thing that is counted. */
public record Subject(StatisticKind kind, String name) {
    /** Stands for the names beyond a limit. */
    public static final String OTHERS = "(others)";

    public static Subject segment(String name) {
        return new Subject(StatisticKind.SEGMENT, name);
    }
}
