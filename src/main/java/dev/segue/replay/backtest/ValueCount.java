// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.value.ValueText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How many customers have a value of a trait at the end.
 *
 * @param value as {@code why} shows it
 */
public record ValueCount(String value, long customers) {

    /** Returns the counts, the most frequent value first. */
    static List<ValueCount> sorted(Map<Object, Long> values) {
        return values.entrySet().stream()
                .map(value -> new ValueCount(ValueText.of(value.getKey()), value.getValue()))
                .sorted(Comparator.comparingLong(ValueCount::customers)
                        .reversed()
                        .thenComparing(ValueCount::value))
                .toList();
    }
}
