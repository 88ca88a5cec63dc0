package dev.segue.plan;

import dev.segue.event.Evidence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether today is a date or one of so many days before it, where the customer is. An empty or impossible date is never
 * near.
 *
 * @param date text as YYYY-MM-DD or, every year, also MM-DD
 * @param yearly whether it comes again every year; 29 February then falls on the 28th in other years
 * @param profile the profile's aggregate, for the customer's time zone
 */
record CalendarReading(Node date, int days, boolean yearly, int profile, Zones zones, String text) implements Reading {

    /** From the first instant to just before the end, in milliseconds since the epoch. */
    private record Period(long start, long end) {}

    @Override
    public Object value(Frame frame) {
        for (Period period : periods(frame)) {
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
            for (long border : List.of(period.start(), period.end())) {
                if (border > frame.now()) {
                    until = Math.min(until, border);
                }
            }
        }
        return until;
    }

    private List<Period> periods(Frame frame) {
        ZoneId zone = zones.named(frame.find(profile) instanceof ProfileState known ? known.value("timezone") : null);
        String written = (String) date.value(frame);
        if (!yearly) {
            LocalDate day = parse(written);
            return day == null ? List.of() : List.of(period(day, zone));
        }
        MonthDay day = parseYearly(written);
        if (day == null) {
            return List.of();
        }
        // The period may begin a year before its date; the one after that is told so that time knows when to look.
        int year = Instant.ofEpochMilli(frame.now()).atZone(zone).getYear();
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
        action.accept(profile);
    }

    @Override
    public Evidence evidence(Frame frame) {
        return new Evidence(text, value(frame), false, false);
    }
}
