// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.state.Membership;
import dev.segue.replay.backtest.Divergences.Divergence;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts who is in a segment at the end under one set only, and keeps a few of them. */
final class Difference {
    /** How many customers of each kind are kept. */
    static final int SHOWN = 10;

    private final TreeSet<Candidate> onlyBefore = new TreeSet<>(Candidate.ORDER);
    private final TreeSet<Candidate> onlyAfter = new TreeSet<>(Candidate.ORDER);
    private long before;
    private long after;
    private long both;
    private long otherValue;

    /**
     * A customer whom the report may show.
     *
     * @param divergence since when the sets disagree; null if it was not kept
     */
    record Candidate(PairedCustomer customer, @Nullable Divergence divergence) {
        /** Those with a reason first; then by id, so that equal events yield equal reports. */
        private static final Comparator<Candidate> ORDER = Comparator.comparing(
                        (Candidate candidate) -> candidate.divergence == null)
                .thenComparing(candidate -> candidate.customer.id());
    }

    void count(ReportedSegment segment, PairedCustomer customer, @Nullable Divergence divergence) {
        Membership old = segment.isBefore() ? customer.states().before().membership(segment.name()) : null;
        Membership now = segment.isAfter() ? customer.states().after().membership(segment.name()) : null;
        if (old != null && now != null) {
            both++;
            otherValue += Objects.equals(old.value(), now.value()) ? 0 : 1;
        } else if (old != null) {
            before++;
            keep(onlyBefore, new Candidate(customer, divergence));
        } else if (now != null) {
            after++;
            keep(onlyAfter, new Candidate(customer, divergence));
        }
    }

    private static void keep(NavigableSet<Candidate> kept, Candidate candidate) {
        if (kept.size() < SHOWN || Candidate.ORDER.compare(candidate, kept.last()) < 0) {
            kept.add(candidate);
            if (kept.size() > SHOWN) {
                kept.pollLast();
            }
        }
    }

    void add(Difference other) {
        before += other.before;
        after += other.after;
        both += other.both;
        otherValue += other.otherValue;
        other.onlyBefore.forEach(candidate -> keep(onlyBefore, candidate));
        other.onlyAfter.forEach(candidate -> keep(onlyAfter, candidate));
    }

    Activation activation() {
        return new Activation(after, before, otherValue, both);
    }

    Both<List<Candidate>> samples() {
        return new Both<>(List.copyOf(onlyBefore), List.copyOf(onlyAfter));
    }
}
