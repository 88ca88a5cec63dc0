// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import dev.segue.definition.language.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * How many may be sent to one customer in a time.
 *
 * @param atMost from 1
 */
public record Cap(int atMost, Per per) {

    /** A time in which what was sent is counted. */
    public sealed interface Per {
        /** As the definition writes it. */
        String text();

        /** Whether it begins and ends by the customer's calendar. */
        boolean isCalendar();

        /** The most that it lasts, in milliseconds. */
        long longest();
    }

    /** The time before now; what was sent exactly that long ago does not count any more. */
    public record Rolling(Span span) implements Per {
        @Override
        public String text() {
            return span.text();
        }

        @Override
        public boolean isCalendar() {
            return false;
        }

        @Override
        public long longest() {
            return span.millis();
        }
    }

    /** The current one by the customer's calendar. A week begins on Monday. */
    public enum Calendar implements Per {
        DAY("day", 26),
        WEEK("week", 7 * 24 + 2),
        MONTH("month", 31 * 24 + 2);

        private static final long HOUR = 3_600_000;

        private final String text;
        private final int hours;

        Calendar(String text, int hours) {
            this.text = text;
            this.hours = hours;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public boolean isCalendar() {
            return true;
        }

        @Override
        public long longest() {
            return hours * HOUR;
        }

        private LocalDate first(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        private LocalDate next(LocalDate first) {
            return switch (this) {
                case DAY -> first.plusDays(1);
                case WEEK -> first.plusWeeks(1);
                case MONTH -> first.plusMonths(1);
            };
        }
    }

    /**
     * Returns when the cap allows another one; an instant that is not after now if it does already.
     *
     * @param sent when it was sent, in milliseconds since the epoch, ascending
     * @param now in milliseconds since the epoch
     */
    public long freeAt(long[] sent, long now, ZoneId zone) {
        if (sent.length < atMost) {
            return now;
        }
        long first = sent[sent.length - atMost];
        if (per instanceof Rolling rolling) {
            return first + rolling.span().millis();
        }
        Calendar calendar = (Calendar) per;
        LocalDate begin = calendar.first(Instant.ofEpochMilli(now).atZone(zone).toLocalDate());
        return first < begin.atStartOfDay(zone).toInstant().toEpochMilli()
                ? now
                : calendar.next(begin).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** As a sentence writes it, such as {@code 2 in 7d}. */
    public String text() {
        return atMost + (per.isCalendar() ? " a " : " in ") + per.text();
    }
}
