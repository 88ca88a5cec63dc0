// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** In Berlin, clocks go from 2:00 to 3:00 on 30 March 2025 at 1:00 UTC, and from 3:00 to 2:00 on 26 October 2025 at 1:00 UTC. */
class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = hours("21:00", "08:00");

    private static QuietHours hours(String from, String to) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static String end(QuietHours hours, String now, ZoneId zone) {
        return Instant.ofEpochMilli(hours.endAfter(Instant.parse(now).toEpochMilli(), zone))
                .toString();
    }

    @Test
    void firstMinuteIsQuietAndLastIsNot() {
        ZoneId utc = ZoneId.of("UTC");
        assertThat(end(NIGHT, "2025-11-01T20:59:59.999Z", utc)).isEqualTo("2025-11-01T20:59:59.999Z");
        assertThat(end(NIGHT, "2025-11-01T21:00:00Z", utc)).isEqualTo("2025-11-02T08:00:00Z");
        assertThat(end(NIGHT, "2025-11-02T07:59:59.999Z", utc)).isEqualTo("2025-11-02T08:00:00Z");
        assertThat(end(NIGHT, "2025-11-02T08:00:00Z", utc)).isEqualTo("2025-11-02T08:00:00Z");
    }

    @Test
    void hoursOfOneDay() {
        ZoneId utc = ZoneId.of("UTC");
        QuietHours noon = hours("12:00", "13:30");
        assertThat(end(noon, "2025-11-01T11:59:59.999Z", utc)).isEqualTo("2025-11-01T11:59:59.999Z");
        assertThat(end(noon, "2025-11-01T12:00:00Z", utc)).isEqualTo("2025-11-01T13:30:00Z");
        assertThat(end(noon, "2025-11-01T13:30:00Z", utc)).isEqualTo("2025-11-01T13:30:00Z");
    }

    @Test
    void nightIsShorterWhenClocksGoForward() {
        assertThat(end(NIGHT, "2025-03-29T20:00:00Z", BERLIN)).isEqualTo("2025-03-30T06:00:00Z");
        assertThat(end(NIGHT, "2025-03-28T20:00:00Z", BERLIN)).isEqualTo("2025-03-29T07:00:00Z");
    }

    @Test
    void nightIsLongerWhenClocksGoBack() {
        assertThat(end(NIGHT, "2025-10-25T19:00:00Z", BERLIN)).isEqualTo("2025-10-26T07:00:00Z");
    }

    @Test
    void anEndThatTheClockNeverShowsIsWhenItIsSet() {
        QuietHours hours = hours("22:00", "02:30");
        assertThat(end(hours, "2025-03-30T00:59:59.999Z", BERLIN)).isEqualTo("2025-03-30T01:00:00Z");
        assertThat(end(hours, "2025-03-30T01:00:00Z", BERLIN)).isEqualTo("2025-03-30T01:00:00Z");
    }

    @Test
    void hoursThatTheClockNeverShowsAreNotQuiet() {
        QuietHours hours = hours("02:00", "03:00");
        assertThat(end(hours, "2025-03-30T00:59:59.999Z", BERLIN)).isEqualTo("2025-03-30T00:59:59.999Z");
        assertThat(end(hours, "2025-03-30T01:00:00Z", BERLIN)).isEqualTo("2025-03-30T01:00:00Z");
    }

    @Test
    void hoursThatTheClockShowsTwiceAreQuietTwice() {
        QuietHours hours = hours("01:00", "02:30");
        assertThat(end(hours, "2025-10-26T00:29:59.999Z", BERLIN)).isEqualTo("2025-10-26T00:30:00Z");
        assertThat(end(hours, "2025-10-26T00:45:00Z", BERLIN)).isEqualTo("2025-10-26T00:45:00Z");
        assertThat(end(hours, "2025-10-26T01:00:00Z", BERLIN)).isEqualTo("2025-10-26T01:30:00Z");
    }
}
