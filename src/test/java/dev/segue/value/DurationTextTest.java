// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "250ms, 250",
        "30s, 30000",
        "15m, 900000",
        "1h, 3600000",
        "7d, 604800000",
        "2w, 1209600000",
        "007d, 604800000",
        "36500d, 3153600000000",
        "3153600000000ms, 3153600000000"
    })
    void parsesWholeNumberAndUnit(String text, long millis) {
        assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "d",
                "7x",
                "7 d",
                "-7d",
                "+7d",
                "1.5h",
                "1h30m",
                "7D",
                "36501d",
                "3153600000001ms",
                "99999999999999s"
            })
    void refusesEverythingElse(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
        assertThatThrownBy(() -> DurationText.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(DurationText.complaint(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1h30m | Did you mean '90m'?",
                "7 days | Did you mean '7d'?",
                "200 milliseconds | Did you mean '200ms'?",
                "1.5 s | Did you mean '1500ms'?",
                "PT36H | Did you mean '36h'?",
                "6 months | A month is about 30d: write '180d'.",
                "3 M | '3m' would be minutes. A month is about 30d: write '90d'.",
                "10 | The unit is missing: write '10m' for minutes or '10d' for days.",
                "6 years | A year is about 365d. The longest is 1830d.",
                "2000 days | The longest is 1830d."
            })
    void complaintSuggestsDuration(String text, String hint) {
        assertThat(DurationText.complaint(text, Duration.ofDays(1830)))
                .isEqualTo("'" + text
                        + "' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w, such as '30m'. "
                        + hint);
    }

    @Test
    void refusesTooLongDuration() {
        assertThat(DurationText.complaint("36501d")).isEqualTo("'36501d' is too long. The longest is 36500d.");
        assertThat(DurationText.complaint("1831d", Duration.ofDays(1830)))
                .isEqualTo("'1831d' is too long. The longest is 1830d.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0ms", "1, 1ms", "1000, 1s", "90000, 90s", "900000, 15m", "3600000, 1h", "1209600000, 14d"})
    void writesLargestUnit(long millis, String text) {
        assertThat(DurationText.write(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(DurationText.parse(text)).contains(Duration.ofMillis(millis));
    }
}
