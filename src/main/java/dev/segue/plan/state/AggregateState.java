// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state of one aggregate for one customer. Mutable. */
public abstract class AggregateState {
    private byte @Nullable [] stored;
    /** Begins at 1, so that a state that exists differs from none. */
    private int changes = 1;

    AggregateState() {}

    /**
     * Drops the older half of the elements, because the customer's state has grown too large.
     *
     * @return false if there is nothing to drop
     */
    public abstract boolean halve();

    /**
     * Drops everything from a time on, so that the same events can be added again with more data.
     *
     * @param time in milliseconds since the epoch
     * @return false if this cannot be divided by time, and is unchanged
     */
    public boolean keepBefore(long time) {
        return false;
    }

    /**
     * Returns the serialized bytes, cached until the next change. An event changes few of a customer's aggregates, and
     * serializing the others again each time was the largest cost of a state.
     *
     * @param write serializes this state, independent of anything else
     */
    final byte[] stored(Function<AggregateState, byte[]> write) {
        byte[] known = stored;
        if (known == null) {
            known = write.apply(this);
            stored = known;
        }
        return known;
    }

    /**
     * Returns a number that is another one after each change and never 0: what was computed from this state holds as
     * long as the number is the same.
     */
    public final int changes() {
        return changes;
    }

    /**
     * Drops the cached bytes. Every method that changes the stored content must call this, before or after the change.
     */
    public final void changed() {
        stored = null;
        changes++;
    }
}
