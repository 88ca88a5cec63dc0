// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameLimitTest {
    @Test
    void furtherNamesOfAnHourCountTogether() {
        NameLimit limit = new NameLimit(2);
        assertThat(limit.subject(StatisticKind.PAGE, "/a", 0).name()).isEqualTo("/a");
        assertThat(limit.subject(StatisticKind.PAGE, "/b", 1).name()).isEqualTo("/b");
        assertThat(limit.subject(StatisticKind.PAGE, "/c", 2).name()).isEqualTo(Subject.OTHERS);
        assertThat(limit.subject(StatisticKind.PAGE, "/a", 3).name()).isEqualTo("/a");
        assertThat(limit.subject(StatisticKind.FORM, "/c", 4).name()).isEqualTo("/c");
        assertThat(limit.subject(StatisticKind.PAGE, "/c", Windows.HOUR).name()).isEqualTo("/c");
    }
}
