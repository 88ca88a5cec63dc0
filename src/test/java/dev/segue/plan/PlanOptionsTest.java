// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PlanOptionsTest {

    @Test
    void windowIsFrom1To256() {
        PlanOptions usual = PlanOptions.defaults();
        assertThat(usual.dedupWindow()).isEqualTo(16);
        assertThat(usual.withDedupWindow(1).dedupWindow()).isEqualTo(1);
        assertThat(usual.withDedupWindow(256).dedupWindow()).isEqualTo(256);
        assertThatThrownBy(() -> usual.withDedupWindow(0)).hasMessage("the dedup window must be from 1 to 256, not 0");
        assertThatThrownBy(() -> usual.withDedupWindow(257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void zoneChangesFingerprintButWindowDoesNot() {
        String definition = "segment: night\nwhen: page_viewed.exists(e, e.hour == 1)";
        PlanOptions usual = PlanOptions.defaults();
        long fingerprint = Scenario.compile(usual, definition).fingerprint();
        assertThat(Scenario.compile(usual.withZone(ZoneId.of("Europe/Berlin")), definition)
                        .fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(Scenario.compile(usual.withDedupWindow(256), definition).fingerprint())
                .isEqualTo(fingerprint);
    }
}
