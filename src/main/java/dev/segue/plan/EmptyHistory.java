// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Cause;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.WatchedTerms;
import java.util.BitSet;
import java.util.List;

/** What is known beforehand of customers who have done nothing yet: what most definitions answer, and why. */
final class EmptyHistory {
    /** Any instant will do: what depends on it is asked anew. */
    private static final long ANY_TIME = 0;

    private final WatchedTerms attention;
    private final BitSet asked;

    private EmptyHistory(WatchedTerms attention, BitSet asked) {
        this.attention = attention;
        this.asked = asked;
    }

    /**
     * @param alwaysTimed definitions whose answer depends on the time even so
     * @param terms how many there are
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

    /** For one more customer, who goes on from there. */
    WatchedTerms attention() {
        return attention.another();
    }

    /** Definitions that have something to say at the first event, whatever it is. */
    BitSet asked() {
        return asked;
    }
}
