// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
    private static final ZoneId CONFIGURED = ZoneId.of("Asia/Tokyo");
    private static final Instant JULY = Instant.parse("2026-07-15T12:00:00Z");

    private final Zones zones = new Zones(CONFIGURED);

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 14",
        "' Europe/Berlin\t', 14",
        "europe/BERLIN, 14",
        "EST, 7",
        "+05:30, 17",
        "-02:00, 10",
        "GMT+2, 14"
    })
    void resolvesNamesIgnoringCaseAndSpace(String name, int hour) {
        assertThat(JULY.atZone(zones.named(name)).getHour()).isEqualTo(hour);
        assertThat(zones.isUnknown(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PST", "IST", "W. Europe Standard Time", "Nowhere/Land", "+99:00"})
    void replacesUnknownNameByConfiguredZone(String name) {
        assertThat(zones.named(name)).isEqualTo(CONFIGURED);
        assertThat(zones.isUnknown(name)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void replacesMissingNameByConfiguredZone(String name) {
        assertThat(zones.named(name)).isEqualTo(CONFIGURED);
        assertThat(zones.isUnknown(name)).isFalse();
    }

    @Test
    void resolvesNameAfterVeryManyUnknownNames() {
        for (int number = 0; number < 1_100; number++) {
            assertThat(zones.isUnknown("Nowhere/" + number)).isTrue();
        }
        assertThat(zones.named("Europe/Berlin")).isEqualTo(ZoneId.of("Europe/Berlin"));
    }
}
