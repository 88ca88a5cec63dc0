// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.event.Cause;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.WatchedTerms;
import java.util.BitSet;
import java.util.List;

/** The precomputed results of definitions for customers without events, and the terms that they watch. */
final class EmptyHistory {
    /** Any instant works, because definitions that depend on the time are evaluated again. */
    private static final long ANY_TIME = 0;

    private final WatchedTerms watched;
    private final BitSet atFirstEvent;

    private EmptyHistory(WatchedTerms watched, BitSet atFirstEvent) {
        this.watched = watched;
        this.atFirstEvent = atFirstEvent;
    }

    /**
     * @param terms number of terms in the plan
     */
    static EmptyHistory of(List<CompiledDefinition> definitions, Readers readers, int terms) {
        WatchedTerms watched = WatchedTerms.none(terms);
        BitSet atFirstEvent = (BitSet) readers.alwaysTimed().clone();
        // A new customer has an id before any event.
        atFirstEvent.or(readers.definitions(AggregateNeeds.customerIds()));
        for (int position = 0; position < definitions.size(); position++) {
            CustomerState newCustomer = new CustomerState("");
            Evaluation evaluation = new Evaluation(newCustomer, ANY_TIME);
            evaluation.at(ANY_TIME, Cause.DEADLINE);
            evaluation.frame().asksAboutProducts(position);
            definitions.get(position).evaluate(evaluation);
            boolean quiet = evaluation.reads() == 0
                    && evaluation.failures().isEmpty()
                    && evaluation.bucketChanges().isEmpty();
            long until = definitions.get(position).watch(newCustomer, evaluation.frame(), watched);
            boolean asks = evaluation.frame().askedProducts(position).length > 0;
            if (!quiet || asks || until != CustomerState.NEVER) {
                atFirstEvent.set(position);
            }
        }
        return new EmptyHistory(watched, atFirstEvent);
    }

    /** Returns a copy for a new customer. */
    WatchedTerms watched() {
        return watched.copyForNewCustomer();
    }

    /** Returns the definitions that must be evaluated at the first event, whatever its type. */
    BitSet atFirstEvent() {
        return atFirstEvent;
    }
}
