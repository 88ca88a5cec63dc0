// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Evidence;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Zones;
import dev.segue.value.EvaluationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether today, in the customer's time zone, is a date or one of the given number of days before it. An empty or
 * impossible date never matches.
 */
final class CalendarReading implements Reading {
    private static final Periods NONE = new Periods(0, "", ZoneOffset.UTC, List.of());

    private final Node date;
    private final int days;
    private final boolean yearly;
    private final ProfileReading timeZone;
    private final Zones zones;
    private final String text;

    /**
     * The periods of the last evaluation: for most definitions the date, zone and year are the same for all customers.
     */
    private volatile Periods latest = NONE;

    /**
     * @param date text as YYYY-MM-DD or, if yearly, also MM-DD
     * @param yearly whether it recurs every year; 29 February then falls on the 28th in other years
     * @param timeZone the customer's time zone
     */
    CalendarReading(Node date, int days, boolean yearly, ProfileReading timeZone, Zones zones, String text) {
        this.date = date;
        this.days = days;
        this.yearly = yearly;
        this.timeZone = timeZone;
        this.zones = zones;
        this.text = text;
    }

    /** From the start (inclusive) to the end (exclusive), in milliseconds since the epoch. */
    private record Period(long start, long end) {}

    /** The periods of a date as written; for a recurring date, those around a year. */
    private record Periods(int year, String written, ZoneId zone, List<Period> all) {}

    @Override
    public Object value(Frame frame) {
        List<Period> periods = periods(frame);
        for (int index = 0; index < periods.size(); index++) {
            Period period = periods.get(index);
            if (period.start() <= frame.now() && frame.now() < period.end()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = date.stableUntil(frame);
        List<Period> periods;
        try {
            periods = periods(frame);
        } catch (EvaluationException noDate) {
            return until;
        }
        for (Period period : periods) {
            until = Math.min(until, after(frame, period.start()));
            until = Math.min(until, after(frame, period.end()));
        }
        return until;
    }

    private static long after(Frame frame, long border) {
        return border > frame.now() ? border : CustomerState.NEVER;
    }

    private List<Period> periods(Frame frame) {
        ZoneId zone = zones.named(timeZone.value(frame));
        String written = (String) date.value(frame);
        int year = yearly ? Instant.ofEpochMilli(frame.now()).atZone(zone).getYear() : 0;
        Periods known = latest;
        if (known.year() != year
                || !known.written().equals(written)
                || !known.zone().equals(zone)) {
            known = new Periods(year, written, zone, yearly ? yearly(written, zone, year) : once(written, zone));
            latest = known;
        }
        return known.all();
    }

    private List<Period> once(String written, ZoneId zone) {
        LocalDate day = parse(written);
        return day == null ? List.of() : List.of(period(day, zone));
    }

    /**
     * A period may begin a year before its date. The following period is included so that the next deadline is known.
     */
    private List<Period> yearly(String written, ZoneId zone, int year) {
        MonthDay day = parseYearly(written);
        if (day == null) {
            return List.of();
        }
        List<Period> periods = new ArrayList<>();
        for (int near = year - 1; near <= year + 2; near++) {
            periods.add(period(day.atYear(near), zone));
        }
        return periods;
    }

    private Period period(LocalDate day, ZoneId zone) {
        return new Period(
                day.minusDays(days).atStartOfDay(zone).toInstant().toEpochMilli(),
                day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /** Returns whether the text is a valid date. */
    static boolean isDate(String text, boolean yearly) {
        return yearly ? parseYearly(text) != null : parse(text) != null;
    }

    private static @Nullable LocalDate parse(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : null;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static @Nullable MonthDay parseYearly(String text) {
        try {
            if (text.length() == 5) {
                return MonthDay.parse("--" + text);
            }
            LocalDate day = parse(text);
            return day == null ? null : MonthDay.from(day);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        timeZone.forEachAggregate(action);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }
}
