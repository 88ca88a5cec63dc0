// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatchedTermsTest {
    private static final int TERMS = 130;

    @Test
    void restoresWatchedTermsFromDifferences() {
        long seed = 20261126;
        SplittableRandom random = new SplittableRandom(seed);
        WatchedTerms initial = WatchedTerms.none(TERMS);
        for (int term = 0; term < TERMS; term += 3) {
            initial.watch(term);
        }
        for (int round = 0; round < 200; round++) {
            WatchedTerms known = initial.copyForNewCustomer();
            for (int change = random.nextInt(20); change > 0; change--) {
                int term = random.nextInt(TERMS);
                known.drop(term, Math.min(TERMS, term + random.nextInt(4)));
                known.watch(random.nextInt(TERMS));
            }
            WatchedTerms again = initial.copyForNewCustomer().withDifferences(known.differences());
            for (int term = 0; term < TERMS; term++) {
                assertThat(again.isWatched(term))
                        .as("seed %d round %d term %d", seed, round, term)
                        .isEqualTo(known.isWatched(term));
            }
        }
    }

    @Test
    void storesNothingWithoutDifferences() {
        WatchedTerms initial = WatchedTerms.none(TERMS);
        initial.watch(64);
        assertThat(initial.copyForNewCustomer().differences()).isEmpty();
        WatchedTerms known = initial.copyForNewCustomer();
        known.drop(64, 65);
        known.watch(129);
        assertThat(known.differences()).containsExactly(64, 129);
    }

    @Test
    void watchesEveryTermWithoutAffectingOthers() {
        WatchedTerms initial = WatchedTerms.none(TERMS);
        WatchedTerms all = initial.copyForNewCustomer().toAll(TERMS);
        assertThat(all.differences()).hasSize(TERMS).endsWith(TERMS - 1);
        assertThat(initial.isWatched(0)).isFalse();
    }
}
