// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Cause;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.WatchedTerms;
import java.util.BitSet;
import java.util.List;

/** The precomputed results of definitions for customers without events, and the terms that they watch. */
final class EmptyHistory {
    /** Any instant works, because definitions that depend on the time are evaluated again. */
    private static final long ANY_TIME = 0;

    private final WatchedTerms attention;
    private final BitSet asked;

    private EmptyHistory(WatchedTerms attention, BitSet asked) {
        this.attention = attention;
        this.asked = asked;
    }

    /**
     * @param alwaysTimed definitions whose result depends on the time even without events
     * @param terms number of terms in the plan
     */
    static EmptyHistory of(List<CompiledDefinition> definitions, BitSet alwaysTimed, int terms) {
        WatchedTerms attention = WatchedTerms.none(terms);
        BitSet asked = (BitSet) alwaysTimed.clone();
        for (int position = 0; position < definitions.size(); position++) {
            CustomerState nobody = new CustomerState("");
            Evaluation look = new Evaluation(nobody, ANY_TIME);
            look.at(ANY_TIME, Cause.DEADLINE);
            definitions.get(position).ask(look);
            boolean quiet = look.changes().isEmpty() && look.failures().isEmpty();
            long until = definitions.get(position).attend(nobody, look.frame(), attention);
            if (!quiet || until != CustomerState.NEVER) {
                asked.set(position);
            }
        }
        return new EmptyHistory(attention, asked);
    }

    /** Returns a copy for a new customer. */
    WatchedTerms attention() {
        return attention.another();
    }

    /** Returns the definitions that must be evaluated at the first event, whatever its type. */
    BitSet asked() {
        return asked;
    }
}
