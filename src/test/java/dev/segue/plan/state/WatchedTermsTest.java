// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatchedTermsTest {
    private static final int TERMS = 130;

    @Test
    void isWhatItWasAfterItsDifferencesWereStored() {
        long seed = 20261126;
        SplittableRandom random = new SplittableRandom(seed);
        WatchedTerms newcomer = WatchedTerms.none(TERMS);
        for (int term = 0; term < TERMS; term += 3) {
            newcomer.pay(term);
        }
        for (int round = 0; round < 200; round++) {
            WatchedTerms known = newcomer.another();
            for (int change = random.nextInt(20); change > 0; change--) {
                int term = random.nextInt(TERMS);
                known.drop(term, Math.min(TERMS, term + random.nextInt(4)));
                known.pay(random.nextInt(TERMS));
            }
            WatchedTerms again = newcomer.another().withDifferences(known.differences());
            for (int term = 0; term < TERMS; term++) {
                assertThat(again.isPaid(term))
                        .as("seed %d round %d term %d", seed, round, term)
                        .isEqualTo(known.isPaid(term));
            }
        }
    }

    @Test
    void whoeverDiffersInNothingTakesNoRoom() {
        WatchedTerms newcomer = WatchedTerms.none(TERMS);
        newcomer.pay(64);
        assertThat(newcomer.another().differences()).isEmpty();
        WatchedTerms known = newcomer.another();
        known.drop(64, 65);
        known.pay(129);
        assertThat(known.differences()).containsExactly(64, 129);
    }

    @Test
    void toAllIsToEveryTermAndChangesNobodyElse() {
        WatchedTerms newcomer = WatchedTerms.none(TERMS);
        WatchedTerms all = newcomer.another().toAll(TERMS);
        assertThat(all.differences()).hasSize(TERMS).endsWith(TERMS - 1);
        assertThat(newcomer.isPaid(0)).isFalse();
    }
}
