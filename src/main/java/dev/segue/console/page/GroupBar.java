// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.Definition;
import dev.segue.value.CountText;
import java.util.ArrayList;
import java.util.List;

/**
 * The choices of a group as parts of one bar, which is {@link #WIDTH} wide.
 *
 * @param members customers in any choice
 * @param parts in the order of the definition, in which the first that holds decides
 */
public record GroupBar(String name, String describes, String members, List<Part> parts) {
    public static final int WIDTH = 1000;
    /** The style sheet has so many colours; further parts use them again. */
    private static final int COLOURS = 8;

    /**
     * One choice.
     *
     * @param from where it begins in the bar
     * @param colour the number of its colour, from 1
     */
    public record Part(String name, String address, String size, String share, int from, int width, int colour) {}

    static GroupBar of(Definition definition, ConsoleData data) {
        long all = definition.segments().stream().mapToLong(data::members).sum();
        List<Part> parts = new ArrayList<>();
        long before = 0;
        for (String choice : definition.segments()) {
            long size = data.members(choice);
            int from = place(before, all);
            before += size;
            parts.add(new Part(
                    choice,
                    Address.segment(choice),
                    CountText.of(size),
                    all == 0 ? "–" : CountText.percent((double) size / all),
                    from,
                    place(before, all) - from,
                    parts.size() % COLOURS + 1));
        }
        return new GroupBar(
                definition.name(), definition.describes(), CountText.of(all, "customer"), List.copyOf(parts));
    }

    private static int place(long before, long all) {
        return all == 0 ? 0 : (int) Math.round((double) before / all * WIDTH);
    }
}
