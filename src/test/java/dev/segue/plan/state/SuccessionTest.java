// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    private static Succession of(long... timesAndStreams) {
        Succession succession = new Succession(timesAndStreams.length / 2);
        for (int index = 0; index < timesAndStreams.length; index += 2) {
            succession.add(timesAndStreams[index], timesAndStreams[index + 1]);
        }
        return succession;
    }

    @Test
    void followsUpToTheGap() {
        assertThat(of(100, SECOND, 110, FIRST, 111, FIRST).following(1, 10)).containsExactly(false, true, false);
    }

    @Test
    void isAnsweredBeforeTheGap() {
        assertThat(of(100, FIRST, 101, FIRST, 110, SECOND).answered(1, 10)).containsExactly(false, true, false);
    }

    @Test
    void orderDecidesAtEqualTimes() {
        assertThat(of(100, FIRST, 100, SECOND, 100, FIRST).following(1, 10)).containsExactly(false, false, true);
        assertThat(of(100, FIRST, 100, SECOND, 100, FIRST).answered(1, 10)).containsExactly(true, false, false);
    }

    @Test
    void elementOfBothStreamsIsNeitherBeforeNorAfterItself() {
        assertThat(of(100, FIRST | SECOND).following(1, 10)).containsExactly(false);
        assertThat(of(100, FIRST | SECOND).answered(1, 10)).containsExactly(false);
        assertThat(of(100, FIRST | SECOND, 105, FIRST | SECOND).following(1, 10))
                .containsExactly(false, true);
    }

    @Test
    void nearestElementDecides() {
        assertThat(of(100, SECOND, 200, SECOND, 205, FIRST).following(1, 10)).containsExactly(false, false, true);
        assertThat(of(100, FIRST, 105, SECOND, 200, SECOND).answered(1, 10)).containsExactly(true, false, false);
    }

    @Test
    void elementsOfOtherStreamsDoNotCount() {
        assertThat(of(100, 4, 101, FIRST).following(1, 10)).containsExactly(false, false);
        assertThat(of(100, 4, 101, FIRST).following(2, 10)).containsExactly(false, true);
    }
}
