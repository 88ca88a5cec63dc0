// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.cli.text.ProgressLine.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void showsRateAndTimeLeft() {
        assertThat(new Progress(25, 100, 50_000).line(10))
                .isEqualTo(" 25 % read, 50,000 events, 5,000 events/s, 30 s left");
        assertThat(new Progress(1, 100, 2_000).line(10)).endsWith(", 17 min left");
    }

    @Test
    void guessesNothingFromAlmostNothing() {
        assertThat(new Progress(9, 1000, 0).line(1)).isEqualTo("  1 % read, 0 events, 0 events/s");
        assertThat(new Progress(100, 100, 10).line(1)).isEqualTo("100 % read, 10 events, 10 events/s");
        assertThat(new Progress(0, 0, 0).line(1)).startsWith("100 % read");
    }
}
