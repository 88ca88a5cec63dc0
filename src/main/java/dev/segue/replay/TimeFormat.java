package dev.segue.replay;

import dev.segue.serde.BadRecord;
import dev.segue.serde.EpochUnit;
import dev.segue.serde.EventTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** How a foreign file writes instants. */
interface TimeFormat {
    /**
     * @return milliseconds since the epoch
     * @throws DateTimeException when the text is no instant in this format
     * @throws ArithmeticException when it is beyond all times
     */
    long millis(String text);

    /** An instant, where it is possible, or the reason why it is not. */
    default long read(String text) throws RefusedRow {
        if (text.isBlank()) {
            throw new RefusedRow("no time");
        }
        try {
            return EventTime.of(millis(text.strip())).toEpochMilli();
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            throw new RefusedRow("the time cannot be read", RefusedRow.quote(text));
        } catch (BadRecord impossible) {
            throw new RefusedRow(
                    BadRecord.Reason.IMPOSSIBLE_TIME.label(), RefusedRow.quote(text) + EpochUnit.hint(text));
        }
    }

    /**
     * @param name {@code millis}, {@code seconds}, {@code iso}, or a pattern of {@link DateTimeFormatter}
     * @param zone for texts without an offset
     * @throws IllegalArgumentException when it is none of them
     */
    static TimeFormat of(String name, ZoneId zone) {
        return switch (name) {
            case "millis" -> Long::parseLong;
            case "seconds" -> text -> Math.multiplyExact(Long.parseLong(text), 1000L);
            case "iso" -> texts(iso(), zone);
            default -> texts(pattern(name), zone);
        };
    }

    private static DateTimeFormatter pattern(String pattern) {
        // With the era given, strict reading takes the usual yyyy, which is a year of an era.
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH);
    }

    private static DateTimeFormatter iso() {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .optionalStart()
                .appendPattern("['T'][' ']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendPattern("[XXX][XX][X]")
                .toFormatter(Locale.ROOT);
    }

    private static TimeFormat texts(DateTimeFormatter lenient, ZoneId zone) {
        // 31 September is a fault of the file, not 30 September.
        DateTimeFormatter formatter = lenient.withResolverStyle(ResolverStyle.STRICT);
        return text -> {
            TemporalAccessor parsed = formatter.parse(text);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                return Instant.from(parsed).toEpochMilli();
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            if (date == null) {
                throw new DateTimeException("no date in it");
            }
            return LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time)
                    .atZone(zone)
                    .toInstant()
                    .toEpochMilli();
        };
    }
}
