// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.language.Span;
import dev.segue.definition.trigger.Cap.Calendar;
import dev.segue.definition.trigger.Cap.Rolling;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CapTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static String free(Cap cap, String now, ZoneId zone, String... sent) {
        long[] times = Arrays.stream(sent)
                .map(Instant::parse)
                .mapToLong(Instant::toEpochMilli)
                .toArray();
        return Instant.ofEpochMilli(cap.freeAt(times, Instant.parse(now).toEpochMilli(), zone))
                .toString();
    }

    private static Cap one(Cap.Per per) {
        return new Cap(1, per);
    }

    @Test
    void rollingTimeEndsToTheMillisecond() {
        Cap cap = new Cap(2, new Rolling(Span.parse("1h").orElseThrow()));
        String[] sent = {"2025-11-01T10:00:00Z", "2025-11-01T10:30:00Z"};
        assertThat(free(cap, "2025-11-01T10:59:59.999Z", UTC, sent)).isEqualTo("2025-11-01T11:00:00Z");
        assertThat(Instant.parse(free(cap, "2025-11-01T11:00:00Z", UTC, sent)))
                .isBeforeOrEqualTo("2025-11-01T11:00:00Z");
        assertThat(free(cap, "2025-11-01T10:30:00Z", UTC, "2025-11-01T10:30:00Z"))
                .isEqualTo("2025-11-01T10:30:00Z");
    }

    @Test
    void dayEndsAtTheCustomersMidnight() {
        String sent = "2025-11-01T22:59:59.999Z";
        assertThat(free(one(Calendar.DAY), "2025-11-01T22:59:59.999Z", BERLIN, sent))
                .isEqualTo("2025-11-01T23:00:00Z");
        assertThat(free(one(Calendar.DAY), "2025-11-01T23:00:00Z", BERLIN, sent))
                .isEqualTo("2025-11-01T23:00:00Z");
        assertThat(free(one(Calendar.DAY), "2025-11-01T23:00:00Z", UTC, sent)).isEqualTo("2025-11-02T00:00:00Z");
    }

    @Test
    void daysOnWhichClocksAreSetAreShorterOrLonger() {
        assertThat(free(one(Calendar.DAY), "2025-03-29T23:00:00Z", BERLIN, "2025-03-29T23:00:00Z"))
                .isEqualTo("2025-03-30T22:00:00Z");
        assertThat(free(one(Calendar.DAY), "2025-10-25T22:00:00Z", BERLIN, "2025-10-25T22:00:00Z"))
                .isEqualTo("2025-10-26T23:00:00Z");
    }

    @Test
    void aDayMayBeginAfterMidnight() {
        ZoneId santiago = ZoneId.of("America/Santiago");
        assertThat(free(one(Calendar.DAY), "2025-09-06T12:00:00Z", santiago, "2025-09-06T12:00:00Z"))
                .isEqualTo("2025-09-07T04:00:00Z");
        assertThat(free(one(Calendar.DAY), "2025-09-07T04:00:00Z", santiago, "2025-09-07T03:59:59.999Z"))
                .isEqualTo("2025-09-07T04:00:00Z");
    }

    @Test
    void weekBeginsOnMonday() {
        String sunday = "2025-11-02T23:59:59.999Z";
        assertThat(free(one(Calendar.WEEK), sunday, UTC, "2025-10-27T00:00:00Z"))
                .isEqualTo("2025-11-03T00:00:00Z");
        assertThat(free(one(Calendar.WEEK), sunday, UTC, "2025-10-26T23:59:59.999Z"))
                .isEqualTo(sunday);
        assertThat(free(one(Calendar.WEEK), "2025-11-03T00:00:00Z", UTC, sunday))
                .isEqualTo("2025-11-03T00:00:00Z");
        assertThat(free(one(Calendar.WEEK), "2025-12-31T12:00:00Z", UTC, "2025-12-29T00:00:00Z"))
                .isEqualTo("2026-01-05T00:00:00Z");
    }

    @Test
    void monthsEndWhenTheyEnd() {
        assertThat(free(one(Calendar.MONTH), "2024-02-29T23:59:59.999Z", UTC, "2024-02-01T00:00:00Z"))
                .isEqualTo("2024-03-01T00:00:00Z");
        assertThat(free(one(Calendar.MONTH), "2025-02-28T12:00:00Z", UTC, "2025-01-31T23:59:59.999Z"))
                .isEqualTo("2025-02-28T12:00:00Z");
        assertThat(free(one(Calendar.MONTH), "2025-12-31T12:00:00Z", UTC, "2025-12-31T12:00:00Z"))
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(free(one(Calendar.MONTH), "2025-03-31T12:00:00Z", BERLIN, "2025-02-28T23:00:00Z"))
                .isEqualTo("2025-03-31T22:00:00Z");
    }

    @Test
    void rememberedLongerThanTheLongestOfEach() {
        assertThat(Calendar.DAY.longest()).isGreaterThan(25 * 3_600_000L);
        assertThat(Calendar.WEEK.longest()).isGreaterThan((7 * 24 + 1) * 3_600_000L);
        assertThat(Calendar.MONTH.longest()).isGreaterThan((31 * 24 + 1) * 3_600_000L);
    }
}
