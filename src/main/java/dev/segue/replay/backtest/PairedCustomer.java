// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;

/** One customer under the old and under the new set of definitions. */
record PairedCustomer(Both<CustomerState> states) {

    String id() {
        return states.after().customerId();
    }

    /** Returns true if both sets agree on whether the customer is in the segment. */
    boolean agreesOn(String segment) {
        return (states.before().membership(segment) == null) == (states.after().membership(segment) == null);
    }

    Packed pack() {
        return new Packed(id(), states.map(StateCodec::write));
    }

    /** A customer at rest, in a fraction of the memory. */
    record Packed(String id, Both<byte[]> states) {
        PairedCustomer unpack() {
            return new PairedCustomer(states.map(stored -> StateCodec.read(id, stored)));
        }
    }
}
