// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.event.Change;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened in one segment under one set of definitions. Its size does not depend on the number of customers. */
final class SideTally {
    /** Further values of a trait are counted together. */
    private static final int MOST_VALUES = 1000;

    private final TreeMap<Long, DayCount> days = new TreeMap<>();
    private final Stays stays = new Stays();
    private final Map<Object, Long> values = new HashMap<>();
    private long otherValues;
    private long membersAtStart;
    private long members;
    private long updated;
    private long customers;
    private long twice;
    private long fiveTimes;

    private static final class DayCount {
        private long entered;
        private long exited;
    }

    /** Counts a change before the window. */
    void countHistory(Change change) {
        switch (change.kind()) {
            case ENTERED -> membersAtStart++;
            case EXITED -> membersAtStart--;
            case UPDATED -> {}
        }
    }

    /** Counts a change within the window; for an ENTERED, also call {@link #countEntry}. */
    void count(Change change, long day) {
        switch (change.kind()) {
            case ENTERED -> day(day).entered++;
            case EXITED -> {
                day(day).exited++;
                Instant entered = change.enteredAt();
                if (entered != null) {
                    stays.add(change.effectiveAt().toEpochMilli() - entered.toEpochMilli());
                }
            }
            case UPDATED -> updated++;
        }
    }

    private DayCount day(long day) {
        return days.computeIfAbsent(day, first -> new DayCount());
    }

    /** @param entries how often the customer has entered within the window, this time included */
    void countEntry(int entries) {
        switch (entries) {
            case 1 -> customers++;
            case 2 -> twice++;
            case EntryCounts.MANY -> fiveTimes++;
            default -> {}
        }
    }

    /** Counts a member at the end. */
    void countMember() {
        members++;
    }

    /** Counts the value that a member of a trait has at the end. */
    void countValue(Object value) {
        if (values.containsKey(value) || values.size() < MOST_VALUES) {
            values.merge(value, 1L, Long::sum);
        } else {
            otherValues++;
        }
    }

    void add(SideTally other) {
        other.days.forEach((day, count) -> {
            day(day).entered += count.entered;
            day(day).exited += count.exited;
        });
        stays.add(other.stays);
        other.values.forEach((value, count) -> values.merge(value, count, Long::sum));
        otherValues += other.otherValues;
        membersAtStart += other.membersAtStart;
        members += other.members;
        updated += other.updated;
        customers += other.customers;
        twice += other.twice;
        fiveTimes += other.fiveTimes;
    }

    SideReport report() {
        List<DayReport> reports = new ArrayList<>();
        long inside = membersAtStart;
        long entered = 0;
        long exited = 0;
        for (Map.Entry<Long, DayCount> day : days.entrySet()) {
            DayCount count = day.getValue();
            inside += count.entered - count.exited;
            entered += count.entered;
            exited += count.exited;
            reports.add(new DayReport(LocalDate.ofEpochDay(day.getKey()), inside, count.entered, count.exited));
        }
        return new SideReport(
                members,
                membersAtStart,
                entered,
                exited,
                updated,
                new SideReport.Flips(customers, twice, fiveTimes),
                stays.lengths(members),
                reports,
                ValueCount.sorted(values),
                otherValues);
    }
}
