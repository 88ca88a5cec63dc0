// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.time.ZoneId;
import java.util.List;

/**
 * What a changed set of definitions would have done.
 *
 * @param input the events
 * @param from the first instant that is reported on, in milliseconds since the epoch; if not given, that of the earliest
 *     event
 * @param to the instant to which every customer's time was advanced
 * @param zone of the days
 * @param definitions that are new, changed or removed, in order of name
 * @param unchanged the others, in order of name
 */
public record BacktestReport(
        Both<ComparedSet> sets,
        InputCounts input,
        long from,
        long to,
        ZoneId zone,
        List<DefinitionReport> definitions,
        List<UnchangedReport> unchanged) {

    /**
     * An unchanged definition.
     *
     * @param members at the end, under either set; for a group, of all choices
     */
    public record UnchangedReport(String name, String kind, long members) {
        /** Returns whether anybody can be in it. */
        public boolean hasMembers() {
            return !kind.equals("trigger") && !kind.equals("channel");
        }
    }

    /** What activating the new set would publish in all. */
    public Activation activation() {
        return definitions.stream().map(DefinitionReport::activation).reduce(Activation.NONE, Activation::and);
    }
}
