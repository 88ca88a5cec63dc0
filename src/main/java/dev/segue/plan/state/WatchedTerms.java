// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which terms can change an answer for one customer now: of a conjunction that does not hold one false term is enough,
 * because until that one changes the others may do what they like. So an event is followed up only where it can matter,
 * as a solver for propositional logic watches one literal of a clause.
 *
 * <p>Stored as what is different from customers of whom nothing is known, because of a thousand definitions an event
 * touches few.
 *
 * @see <a href="https://doi.org/10.1145/378239.379017">Moskewicz et al., Chaff: Engineering an Efficient SAT Solver,
 *     2001, section 2</a>
 */
public final class WatchedTerms {
    /** What is paid attention to where nothing is known. */
    private final long[] usual;

    private final long[] terms;

    private WatchedTerms(long[] usual, long[] terms) {
        this.usual = usual;
        this.terms = terms;
    }

    /** To none of so many terms. */
    public static WatchedTerms none(int terms) {
        long[] none = new long[(terms + Long.SIZE - 1) / Long.SIZE];
        return new WatchedTerms(none, none.clone());
    }

    /** The same for one more customer; this is what is usual then. */
    public WatchedTerms another() {
        return new WatchedTerms(terms, terms.clone());
    }

    /** To every one of so many terms, which is always right. */
    public WatchedTerms toAll(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return new WatchedTerms(usual, Arrays.copyOf(all.toLongArray(), usual.length));
    }

    /** With what was different from the usual when it was stored. */
    public WatchedTerms withDifferences(int[] differences) {
        long[] different = usual.clone();
        for (int term : differences) {
            different[term / Long.SIZE] ^= 1L << term;
        }
        return new WatchedTerms(usual, different);
    }

    /** The terms that are paid attention to though it is not usual, and those that are not though it is; ascending. */
    int[] differences() {
        int count = 0;
        for (int word = 0; word < terms.length; word++) {
            count += Long.bitCount(terms[word] ^ usual[word]);
        }
        int[] differences = new int[count];
        int known = 0;
        for (int word = 0; word < terms.length; word++) {
            for (long rest = terms[word] ^ usual[word]; rest != 0; rest &= rest - 1) {
                differences[known++] = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            }
        }
        return differences;
    }

    public boolean isPaid(int term) {
        return (terms[term / Long.SIZE] & (1L << term)) != 0;
    }

    public void pay(int term) {
        terms[term / Long.SIZE] |= 1L << term;
    }

    /** To none of a range of terms. */
    public void drop(int from, int to) {
        for (int term = from; term < to; term++) {
            terms[term / Long.SIZE] &= ~(1L << term);
        }
    }
}
