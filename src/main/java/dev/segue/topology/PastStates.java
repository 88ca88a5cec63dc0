// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The states of past customers; those that were not used recently are stored as bytes. Not safe for several threads. */
final class PastStates {
    private static final int RECENT = 20_000;
    private static final float LOAD = 0.75f;

    /** Least recently used first. */
    private final Map<String, CustomerState> recent = new LinkedHashMap<>(16, LOAD, true);

    private final Map<String, byte[]> resting = new HashMap<>();

    /** Returns the state of a customer, who may be new. */
    CustomerState get(String customer) {
        CustomerState state = recent.get(customer);
        if (state == null) {
            byte[] stored = resting.remove(customer);
            state = stored == null ? new CustomerState(customer) : StateCodec.read(customer, stored);
            recent.put(customer, state);
            rest();
        }
        return state;
    }

    private void rest() {
        Iterator<Map.Entry<String, CustomerState>> eldest = recent.entrySet().iterator();
        while (recent.size() > RECENT) {
            Map.Entry<String, CustomerState> entry = eldest.next();
            resting.put(entry.getKey(), StateCodec.write(entry.getValue()));
            eldest.remove();
        }
    }

    /** Removes a customer and returns the state; a new one if there is none. */
    CustomerState take(String customer) {
        CustomerState state = get(customer);
        recent.remove(customer);
        return state;
    }

    void remove(String customer) {
        CustomerState unusedState = recent.remove(customer);
        byte @Nullable [] unusedBytes = resting.remove(customer);
    }
}
