// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one task. Recently used customers stay in memory between events, so that a stored state is not read
 * again for each event. Every change is written to the store at once, because Streams has no hook before a commit; the
 * cached copies may be dropped at any time.
 */
public final class Customers {
    /** An object in memory takes several times the size of its stored bytes, plus some overhead. */
    private static final long HEAP_PER_BYTE = 8;

    private static final long HEAP_PER_CUSTOMER = 700;
    private static final float LOAD = 0.75f;

    private final CustomerStore store;
    private final Evaluator engine;
    private final CacheBudget budget;
    private final Shared shared;
    /** The one of the last call, so that the steps of one event read the store once. */
    private @Nullable Known latest;

    /** Least recently used first. */
    private final Map<Bytes, Known> kept = new LinkedHashMap<>(16, LOAD, true);

    Customers(CustomerStore store, Evaluator engine, CacheBudget budget, Shared shared) {
        this.store = store;
        this.engine = engine;
        this.budget = budget;
        this.shared = shared;
    }

    /** What all customers of a task are evaluated by. */
    record Shared(CutTables cuts, ProductTable products) {
        private void give(CustomerState state) {
            state.setCuts(cuts);
            state.setProducts(products);
        }
    }

    /** A customer and the length of the stored state, which is decoded only when needed. */
    final class Known {
        private final byte[] id;
        private byte @Nullable [] stored;
        private @Nullable CustomerState state;
        private int storedBytes;
        private boolean isKept;

        private Known(byte[] id, byte @Nullable [] stored) {
            this.id = id;
            this.stored = stored;
            this.storedBytes = stored == null ? 0 : stored.length;
        }

        /** See {@link Evaluator#apply}. */
        Outcome apply(Event event, long tick, long detectedAt) {
            return engine.apply(state(), event, tick, detectedAt);
        }

        /** See {@link Evaluator#advance}. */
        Outcome advance(long to, long detectedAt) {
            return engine.advance(state(), to, detectedAt);
        }

        /** See {@link Evaluator#deadline(byte[])}. */
        long deadline() {
            return stored == null ? engine.deadline(state()) : engine.deadline(stored);
        }

        /** The state, decoded on first use. */
        CustomerState state() {
            CustomerState known = state;
            if (known == null) {
                String customer = new String(id, StandardCharsets.UTF_8);
                known = stored == null ? new CustomerState(customer) : StateCodec.read(customer, stored);
                shared.give(known);
                state = known;
                stored = null;
            }
            return known;
        }

        /** 0 if nothing is stored. */
        int storedBytes() {
            return storedBytes;
        }

        private long heap() {
            return HEAP_PER_CUSTOMER + HEAP_PER_BYTE * storedBytes;
        }
    }

    /** Null if nothing is stored. */
    @Nullable
    Known find(byte[] id) {
        if (latest != null && Arrays.equals(latest.id, id)) {
            return latest;
        }
        Known known = kept.get(Bytes.wrap(id));
        if (known == null) {
            byte[] stored = store.get(id);
            known = stored == null ? null : new Known(id, stored);
        }
        latest = known;
        return known;
    }

    /** Returns the customer of an event, who may be new. */
    Known get(byte[] id) {
        Known known = find(id);
        return known == null ? new Known(id, null) : known;
    }

    /** Stores a customer and returns by how many bytes the stored state grew. */
    int put(Known known, byte[] state) {
        store.put(known.id, state);
        int more = state.length - known.storedBytes;
        known.storedBytes = state.length;
        if (known.isKept) {
            budget.take(HEAP_PER_BYTE * more);
        }
        return more;
    }

    /** Keeps a customer in memory for the next event. */
    void keep(Known known) {
        if (!known.isKept) {
            known.isKept = true;
            kept.put(Bytes.wrap(known.id), known);
            budget.take(known.heap());
        }
        Iterator<Known> eldest = kept.values().iterator();
        while (budget.isExceeded() && eldest.hasNext()) {
            Known dropped = eldest.next();
            budget.take(-dropped.heap());
            dropped.isKept = false;
            eldest.remove();
        }
    }

    void delete(Known known) {
        store.delete(known.id);
        latest = null;
        if (kept.remove(Bytes.wrap(known.id)) != null) {
            budget.take(-known.heap());
        }
    }

    void close() {
        kept.values().forEach(known -> budget.take(-known.heap()));
        kept.clear();
        latest = null;
    }
}
