// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTextTest {
    private static final Instant JULY = Instant.parse("2026-07-15T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "Europe/Madrid, 14",
        "EUROPE/madrid, 14",
        "'\tEurope/Madrid ', 14",
        "america/argentina/buenos_aires, 9",
        "Etc/GMT+3, 9",
        "EST, 7",
        "est, 7",
        "MST, 5",
        "HST, 2",
        "EST5EDT, 8",
        "pst8pdt, 5",
        "Japan, 21",
        "UTC, 12",
        "zulu, 12",
        "Z, 12",
        "z, 12",
        "+03:00, 15",
        "-0200, 10",
        "+7, 19",
        "UTC+04:00, 16",
        "utc-1, 11",
        "gmt+2, 14"
    })
    void parsesNamesAndOffsets(String text, int hour) {
        assertThat(JULY.atZone(ZoneText.read(text)).getHour()).isEqualTo(hour);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PST",
                "IST",
                "CEST",
                "Eastern Standard Time",
                "Europe",
                "Europe/Atlantis",
                "UTC+25",
                "+99:99",
                "GMT+",
                "utcx",
                "2",
                "(GMT+01:00) Berlin",
                "+",
                ""
            })
    void refusesOtherTexts(String text) {
        assertThat(ZoneText.find(text)).isNull();
        assertThatThrownBy(() -> ZoneText.read(text))
                .hasMessage("'" + text + "' is not a time zone such as Europe/Berlin, UTC or +05:30");
    }

    @Test
    void refusesLongText() {
        assertThat(ZoneText.find("x".repeat(100_000))).isNull();
    }

    @Test
    void parsesEveryNameOfJava() {
        for (String name : ZoneId.getAvailableZoneIds()) {
            assertThat(JULY.atZone(ZoneText.read(name)).getOffset())
                    .as(name)
                    .isEqualTo(JULY.atZone(ZoneId.of(name)).getOffset());
        }
    }
}
