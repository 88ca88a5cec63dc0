// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.DayReport;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One day on which a segment changed under either set. */
public record DayPair(LocalDate date, DayReport before, DayReport after) {

    /** Joins the days of both sets, in order; a set under which nothing changed that day keeps its members. */
    static List<DayPair> of(SegmentReport segment) {
        Map<LocalDate, DayReport> before = byDate(segment.old());
        Map<LocalDate, DayReport> after = byDate(segment.changed());
        Set<LocalDate> dates = new TreeSet<>(before.keySet());
        dates.addAll(after.keySet());
        List<DayPair> pairs = new ArrayList<>();
        long old = segment.old().membersAtStart();
        long changed = segment.changed().membersAtStart();
        for (LocalDate date : dates) {
            DayReport first = before.getOrDefault(date, new DayReport(date, old, 0, 0));
            DayReport second = after.getOrDefault(date, new DayReport(date, changed, 0, 0));
            old = first.members();
            changed = second.members();
            pairs.add(new DayPair(date, first, second));
        }
        return pairs;
    }

    private static Map<LocalDate, DayReport> byDate(SideReport side) {
        Map<LocalDate, DayReport> byDate = new HashMap<>();
        side.days().forEach(day -> byDate.put(day.date(), day));
        return byDate;
    }
}
