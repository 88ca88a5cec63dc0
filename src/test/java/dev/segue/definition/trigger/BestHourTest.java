// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.language.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** In Berlin, clocks go from 2:00 to 3:00 on 30 March 2025 at 1:00 UTC, and from 3:00 to 2:00 on 26 October 2025 at 1:00 UTC. */
class BestHourTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static String from(String first, int hour, String within, ZoneId zone) {
        BestHour best = new BestHour("hour", Span.parse(within).orElseThrow());
        return Instant.ofEpochMilli(best.from(Instant.parse(first).toEpochMilli(), hour, zone))
                .toString();
    }

    @Test
    void comesAtMostWithinItsTime() {
        assertThat(from("2025-11-01T10:00:00Z", 16, "6h", UTC)).isEqualTo("2025-11-01T16:00:00Z");
        assertThat(from("2025-11-01T09:59:59.999Z", 16, "6h", UTC)).isEqualTo("2025-11-01T09:59:59.999Z");
    }

    @Test
    void lastsTheWholeHour() {
        assertThat(from("2025-11-01T16:59:59.999Z", 16, "6h", UTC)).isEqualTo("2025-11-01T16:59:59.999Z");
        assertThat(from("2025-11-01T17:00:00Z", 16, "23h", UTC)).isEqualTo("2025-11-02T16:00:00Z");
    }

    @Test
    void isAnHourOfTheCustomersClock() {
        assertThat(from("2025-11-01T10:00:00Z", 16, "6h", BERLIN)).isEqualTo("2025-11-01T15:00:00Z");
        assertThat(from("2025-11-01T10:00:00Z", 0, "1d", ZoneId.of("Asia/Kolkata")))
                .isEqualTo("2025-11-01T18:30:00Z");
    }

    @Test
    void anHourThatIsSkippedComesADayLater() {
        assertThat(from("2025-03-29T22:00:00Z", 2, "12h", BERLIN)).isEqualTo("2025-03-29T22:00:00Z");
        assertThat(from("2025-03-29T22:00:00Z", 2, "1d", BERLIN)).isEqualTo("2025-03-29T22:00:00Z");
        assertThat(from("2025-03-29T22:00:00Z", 2, "26h", BERLIN)).isEqualTo("2025-03-31T00:00:00Z");
        assertThat(from("2025-03-29T22:00:00Z", 3, "12h", BERLIN)).isEqualTo("2025-03-30T01:00:00Z");
    }

    @Test
    void anHourThatComesTwiceBeginsTwice() {
        assertThat(from("2025-10-25T22:00:00Z", 2, "12h", BERLIN)).isEqualTo("2025-10-26T00:00:00Z");
        assertThat(from("2025-10-26T00:59:59.999Z", 2, "12h", BERLIN)).isEqualTo("2025-10-26T00:59:59.999Z");
        assertThat(from("2025-10-26T01:00:00Z", 2, "12h", BERLIN)).isEqualTo("2025-10-26T01:00:00Z");
        assertThat(from("2025-10-26T00:30:00Z", 3, "12h", BERLIN)).isEqualTo("2025-10-26T02:00:00Z");
    }

    @Test
    void onlyWholeNumbersOfADayAreHours() {
        assertThat(BestHour.hour(0L)).hasValue(0);
        assertThat(BestHour.hour(23.0)).hasValue(23);
        assertThat(BestHour.hour("07")).hasValue(7);
        for (Object none : List.of(-1L, 24L, 7.5, "24", "", "-1", "7h", true, Double.NaN)) {
            assertThat(BestHour.hour(none)).as("%s", none).isEqualTo(OptionalInt.empty());
        }
        assertThat(BestHour.hour(null)).isEmpty();
    }
}
