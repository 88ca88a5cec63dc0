// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.BadRecord;
import dev.segue.replay.file.RefusedRow;
import dev.segue.serde.event.EpochUnit;
import dev.segue.serde.event.EventInstant;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/** The format of instants in a foreign file. */
public interface TimeFormat {
    /**
     * @return milliseconds since the epoch, rounded down
     * @throws DateTimeException if the text does not match the format
     * @throws ArithmeticException if the instant is out of range
     */
    long millis(String text);

    /**
     * The instant in milliseconds since the epoch.
     *
     * @throws RefusedRow if the text is not a possible instant; the reason says why
     */
    default long read(String text) throws RefusedRow {
        if (text.isBlank()) {
            throw new RefusedRow("no time");
        }
        try {
            return EventInstant.of(millis(text.strip())).toEpochMilli();
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            throw new RefusedRow("the time cannot be read", RefusedRow.quote(text) + unit(text.strip()));
        } catch (BadRecord impossible) {
            throw new RefusedRow(
                    BadRecord.Reason.IMPOSSIBLE_TIME.label(), RefusedRow.quote(text) + EpochUnit.hint(text));
        }
    }

    /** A hint for a number that is plausible in another unit; empty for all other texts. */
    private static String unit(String text) {
        if (!text.matches("[0-9]+(\\.[0-9]*)?")) {
            return "";
        }
        return switch (text.replaceFirst("\\..*", "").length()) {
            case 10 -> "; it may need as: seconds";
            case 13 -> "; it may need as: millis";
            case 16 -> "; it may need as: micros";
            case 19 -> "; it may need as: nanos";
            default -> "";
        };
    }

    /**
     * @param name {@code seconds}, {@code millis}, {@code micros}, {@code nanos}, {@code iso}, or a pattern of {@link
     *     DateTimeFormatter}
     * @param zone for texts without an offset
     * @throws IllegalArgumentException if it is none of these; the message explains how to fix it
     */
    static TimeFormat of(String name, ZoneId zone) {
        return switch (name) {
            case "seconds" -> sinceEpoch(3);
            case "millis" -> sinceEpoch(0);
            case "micros" -> sinceEpoch(-3);
            case "nanos" -> sinceEpoch(-6);
            case "iso" -> texts(iso(), zone);
            default -> texts(TimePattern.formatter(name), zone);
        };
    }

    /** @param power of ten that converts the unit to milliseconds */
    private static TimeFormat sinceEpoch(int power) {
        return text -> {
            if (text.length() > 40) {
                throw new NumberFormatException();
            }
            return new BigDecimal(text)
                    .scaleByPowerOfTen(power)
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact();
        };
    }

    private static DateTimeFormatter iso() {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .optionalStart()
                .appendPattern("['T'][' ']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendPattern("[' ']")
                // BigQuery and Postgres write UTC as a word.
                .optionalStart()
                .appendLiteral("UTC")
                .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                .optionalEnd()
                .appendPattern("[XXX][XX][X]")
                .toFormatter(Locale.ROOT);
    }

    private static TimeFormat texts(DateTimeFormatter lenient, ZoneId zone) {
        // 31 September is an error in the file, not 30 September.
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
