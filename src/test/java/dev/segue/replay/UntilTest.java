// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UntilTest {

    @Test
    void countsDurationFromLastEvent() {
        assertThat(Until.parse("+2h").millis(1_000)).hasValue(7_201_000);
        assertThat(Until.parse("+90d").millis(0)).hasValue(7_776_000_000L);
        assertThat(Until.parse("+0s").millis(5)).hasValue(5);
    }

    @Test
    void readsInstant() {
        assertThat(Until.parse("2025-11-01T12:00:00.001Z").millis(99))
                .hasValue(Instant.parse("2025-11-01T12:00:00.001Z").toEpochMilli());
    }

    @Test
    void defaultsToNowhere() {
        assertThat(new Until.Nowhere().millis(99)).isEmpty();
    }

    @Test
    void suggestsDurationAfterPlus() {
        assertThatThrownBy(() -> Until.parse("+2hours"))
                .hasMessageStartingWith("'+2hours': '2hours' is not a duration.")
                .hasMessageEndingWith("Did you mean '2h'?");
    }

    @Test
    void refusesOtherTexts() {
        for (String text : new String[] {"", "2h", "+2", "+h", "+-2h", "+2y", "2025-11-01", "+9999999999d"}) {
            assertThatThrownBy(() -> Until.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }
}
