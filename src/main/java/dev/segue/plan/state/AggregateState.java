// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one customer's history of one aggregate comes down to. Changed in place. */
public abstract class AggregateState {
    private byte @Nullable [] stored;

    AggregateState() {}

    /**
     * Lets the older half of the elements go, because their customer has grown too large.
     *
     * @return false where there is nothing to let go
     */
    public abstract boolean halve();

    /**
     * The bytes that whoever stores it made of it, as long as it is the same: an event changes few of a customer's
     * aggregates, and to write the others again for each was what a state cost most.
     *
     * @param write makes bytes of what this says, and of nothing else
     */
    final byte[] stored(Function<AggregateState, byte[]> write) {
        byte[] known = stored;
        if (known == null) {
            known = write.apply(this);
            stored = known;
        }
        return known;
    }

    /** Whatever changes what is to be stored must say so, before or after. */
    public final void changed() {
        stored = null;
    }
}
