// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bounds how many names of each kind are told apart within an hour; further ones count together as {@link Subject#OTHERS}. A visitor
 * who invents names cannot fill the disk. Starts anew with the task. Not safe for several threads.
 */
public final class NameLimit {
    private final int most;
    private final Map<StatisticKind, Set<String>> names = new EnumMap<>(StatisticKind.class);
    private long hour = Long.MIN_VALUE;

    public NameLimit(int most) {
        this.most = most;
    }

    /** @param at the instant of what is counted, in milliseconds since the epoch */
    public Subject subject(StatisticKind kind, String name, long at) {
        if (Windows.hour(at) > hour) {
            hour = Windows.hour(at);
            names.clear();
        }
        Set<String> known = names.computeIfAbsent(kind, absent -> new HashSet<>());
        boolean isTold = known.contains(name) || (known.size() < most && known.add(name));
        return new Subject(kind, isTold ? name : Subject.OTHERS);
    }
}
