// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The states of past customers; those that were not used recently are stored outside of memory. Not safe for several threads. */
final class PastStates implements AutoCloseable {
    private static final float LOAD = 0.75f;

    private final int most;
    private final Supplier<PastLog.Overflow> stores;

    /** Least recently used first. */
    private final Map<String, CustomerState> recent = new LinkedHashMap<>(16, LOAD, true);

    /** Opened when the memory is full. */
    private PastLog.@Nullable Overflow resting;

    /**
     * @param most this many states stay in memory
     * @param stores opens the store for the others
     */
    PastStates(int most, Supplier<PastLog.Overflow> stores) {
        this.most = most;
        this.stores = stores;
    }

    /** Returns the state of a customer, who may be new. */
    CustomerState get(String customer) {
        CustomerState state = recent.get(customer);
        if (state == null) {
            state = stored(customer);
            recent.put(customer, state);
            rest();
        }
        return state;
    }

    private CustomerState stored(String customer) {
        PastLog.Overflow store = resting;
        byte[] stored = store == null ? null : store.get(customer);
        return stored == null ? new CustomerState(customer) : StateCodec.read(customer, stored);
    }

    private void rest() {
        Iterator<Map.Entry<String, CustomerState>> eldest = recent.entrySet().iterator();
        while (recent.size() > most) {
            Map.Entry<String, CustomerState> entry = eldest.next();
            store().put(entry.getKey(), StateCodec.write(entry.getValue()));
            eldest.remove();
        }
    }

    private PastLog.Overflow store() {
        PastLog.Overflow store = resting;
        if (store == null) {
            store = stores.get();
            resting = store;
        }
        return store;
    }

    /** Returns the state of a customer who is not needed again; a new one if there is none. */
    CustomerState take(String customer) {
        CustomerState known = recent.remove(customer);
        return known == null ? stored(customer) : known;
    }

    /** Forgets a customer. */
    void remove(String customer) {
        CustomerState unused = recent.remove(customer);
        if (resting != null) {
            resting.remove(customer);
        }
    }

    @Override
    public void close() {
        recent.clear();
        if (resting != null) {
            resting.close();
            resting = null;
        }
    }
}
