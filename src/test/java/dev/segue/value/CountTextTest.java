// SPDX-License-Identifier: Apache-2.0
package dev.segue.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTextTest {
    @Test
    void onlyOneIsSingular() {
        assertThat(CountText.of(0, "event")).isEqualTo("0 events");
        assertThat(CountText.of(1, "event")).isEqualTo("1 event");
        assertThat(CountText.of(1_001, "event")).isEqualTo("1,001 events");
        assertThat(CountText.of(1, "event was", "events were")).isEqualTo("1 event was");
        assertThat(CountText.of(2, "event was", "events were")).isEqualTo("2 events were");
    }
}
