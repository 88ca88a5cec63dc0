// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The terms that can currently change a result for one customer. In a false conjunction, one false term is enough:
 * until it changes, the others do not matter. An event therefore causes evaluations only if it can matter, just as a
 * SAT solver watches only some literals of a clause.
 *
 * <p>Stored as differences from a new customer, because an event affects few of a thousand definitions.
 *
 * @see <a href="https://doi.org/10.1145/378239.379017">Moskewicz et al., Chaff: Engineering an Efficient SAT Solver,
 *     2001, section 2</a>
 */
public final class WatchedTerms {
    /** The terms that are watched for a new customer. */
    private final long[] initial;

    private final long[] terms;

    private WatchedTerms(long[] initial, long[] terms) {
        this.initial = initial;
        this.terms = terms;
    }

    /** Watches none of the given number of terms. */
    public static WatchedTerms none(int terms) {
        long[] none = new long[(terms + Long.SIZE - 1) / Long.SIZE];
        return new WatchedTerms(none, none.clone());
    }

    /** Returns a copy for a new customer, which stores its differences from this. */
    public WatchedTerms copyForNewCustomer() {
        return new WatchedTerms(terms, terms.clone());
    }

    /** Watches all of the given number of terms, which is always correct. */
    public WatchedTerms toAll(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return new WatchedTerms(initial, Arrays.copyOf(all.toLongArray(), initial.length));
    }

    /** Applies stored differences. */
    public WatchedTerms withDifferences(int[] differences) {
        long[] different = initial.clone();
        for (int term : differences) {
            different[term / Long.SIZE] ^= 1L << term;
        }
        return new WatchedTerms(initial, different);
    }

    /** Returns the terms that are watched here but not for a new customer, or the reverse, in ascending order. */
    int[] differences() {
        int count = 0;
        for (int word = 0; word < terms.length; word++) {
            count += Long.bitCount(terms[word] ^ initial[word]);
        }
        int[] differences = new int[count];
        int known = 0;
        for (int word = 0; word < terms.length; word++) {
            for (long rest = terms[word] ^ initial[word]; rest != 0; rest &= rest - 1) {
                differences[known++] = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
            }
        }
        return differences;
    }

    public boolean isWatched(int term) {
        return (terms[term / Long.SIZE] & (1L << term)) != 0;
    }

    public void watch(int term) {
        terms[term / Long.SIZE] |= 1L << term;
    }

    /** Stops watching a range of terms. */
    public void drop(int from, int to) {
        for (int term = from; term < to; term++) {
            terms[term / Long.SIZE] &= ~(1L << term);
        }
    }
}
