package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final int TERMS = 130;

    @Test
    void isWhatItWasAfterItsDifferencesWereStored() {
        long seed = 20261126;
        SplittableRandom random = new SplittableRandom(seed);
        Attention newcomer = Attention.none(TERMS);
        for (int term = 0; term < TERMS; term += 3) {
            newcomer.pay(term);
        }
        for (int round = 0; round < 200; round++) {
            Attention known = newcomer.another();
            for (int change = random.nextInt(20); change > 0; change--) {
                int term = random.nextInt(TERMS);
                known.drop(term, Math.min(TERMS, term + random.nextInt(4)));
                known.pay(random.nextInt(TERMS));
            }
            Attention again = newcomer.another().withDifferences(known.differences());
            for (int term = 0; term < TERMS; term++) {
                assertThat(again.isPaid(term))
                        .as("seed %d round %d term %d", seed, round, term)
                        .isEqualTo(known.isPaid(term));
            }
        }
    }

    @Test
    void whoeverDiffersInNothingTakesNoRoom() {
        Attention newcomer = Attention.none(TERMS);
        newcomer.pay(64);
        assertThat(newcomer.another().differences()).isEmpty();
        Attention known = newcomer.another();
        known.drop(64, 65);
        known.pay(129);
        assertThat(known.differences()).containsExactly(64, 129);
    }

    @Test
    void toAllIsToEveryTermAndChangesNobodyElse() {
        Attention newcomer = Attention.none(TERMS);
        Attention all = newcomer.another().toAll(TERMS);
        assertThat(all.differences()).hasSize(TERMS).endsWith(TERMS - 1);
        assertThat(newcomer.isPaid(0)).isFalse();
    }
}
