package dev.segue.plan;

import java.util.Arrays;

/**
 * Which terms can change an answer for one customer now: of a conjunction that does not hold one false term is enough,
 * because until that one changes the others may do what they like. So an event is followed up only where it can matter,
 * as a solver for propositional logic watches one literal of a clause.
 *
 * <p>Kept beside a customer's state as long as it is in memory, and not stored.
 *
 * @see <a href="https://doi.org/10.1145/378239.379017">Moskewicz et al., Chaff: Engineering an Efficient SAT Solver,
 *     2001, section 2</a>
 */
final class Attention {
    private final long[] terms;

    private Attention(long[] terms) {
        this.terms = terms;
    }

    /** To none of so many terms. */
    static Attention none(int terms) {
        return new Attention(new long[(terms + Long.SIZE - 1) / Long.SIZE]);
    }

    /** To every one of so many terms, which is always right. */
    static Attention all(int terms) {
        Attention all = none(terms);
        Arrays.fill(all.terms, -1);
        return all;
    }

    Attention copy() {
        return new Attention(terms.clone());
    }

    boolean isPaid(int term) {
        return (terms[term / Long.SIZE] & (1L << term)) != 0;
    }

    void pay(int term) {
        terms[term / Long.SIZE] |= 1L << term;
    }

    /** To none of a range of terms. */
    void drop(int from, int to) {
        for (int term = from; term < to; term++) {
            terms[term / Long.SIZE] &= ~(1L << term);
        }
    }
}
