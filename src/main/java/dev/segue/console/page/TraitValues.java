// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.value.CountText;
import java.util.List;

/**
 * The most frequent values of a trait.
 *
 * @param note how many further values there are; empty if there are none
 */
public record TraitValues(String name, String address, String describes, List<Value> values, String note) {
    private static final int MOST = 8;
    public static final int WIDTH = 100;

    /**
     * One value.
     *
     * @param width of its bar, from 0 to {@link #WIDTH}
     */
    public record Value(String text, String customers, String share, int width) {}

    static TraitValues of(Definition definition, ConsoleData data) {
        ValueCounts counts = data.values(definition.name(), MOST);
        long all = Math.max(1, data.members(definition.name()));
        int more = counts.different() - counts.top().size();
        return new TraitValues(
                definition.name(),
                Address.segment(definition.name()),
                definition.describes(),
                counts.top().stream()
                        .map(count -> new Value(
                                count.value(),
                                CountText.of(count.customers()),
                                CountText.percent((double) count.customers() / all),
                                (int) Math.round((double) count.customers() / all * WIDTH)))
                        .toList(),
                more == 0
                        ? ""
                        : "and " + (counts.isComplete() ? "" : "at least ") + CountText.of(more, "further value"));
    }
}
