// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;

/** One customer under the old and under the new set of definitions. */
record PairedCustomer(Both<CustomerState> states, Both<EntryCounts> entries) {

    PairedCustomer(String id) {
        this(
                new Both<>(new CustomerState(id), new CustomerState(id)),
                new Both<>(new EntryCounts(), new EntryCounts()));
    }

    String id() {
        return states.after().customerId();
    }

    /** Returns true if both sets agree on whether the customer is in the segment. */
    boolean agreesOn(String segment) {
        return (states.before().membership(segment) == null) == (states.after().membership(segment) == null);
    }

    Packed pack() {
        return new Packed(id(), states.map(StateCodec::write), entries);
    }

    /** A customer at rest, in a fraction of the memory. */
    record Packed(String id, Both<byte[]> states, Both<EntryCounts> entries) {
        PairedCustomer unpack() {
            return new PairedCustomer(states.map(stored -> StateCodec.read(id, stored)), entries);
        }
    }
}
