// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Applies the retained events of all ids of a person as one history: in order of their records' timestamps, and those of
 * one id in the order in which they arrived.
 */
final class PersonsPast {
    private final Plan plan;
    private final Admission admission;
    private final Patience patience;
    private final BiPredicate<byte[], Event> keepsOut;
    private final Consumer<Effects> effects;

    /**
     * @param keepsOut whether an event of a customer must be left out, because the customer was erased
     * @param effects receives those of each event
     */
    PersonsPast(
            Plan plan,
            Admission admission,
            Patience patience,
            BiPredicate<byte[], Event> keepsOut,
            Consumer<Effects> effects) {
        this.plan = plan;
        this.admission = admission;
        this.patience = patience;
        this.keepsOut = keepsOut;
        this.effects = effects;
    }

    /** The events of one id, of which the next one is known. */
    private static final class Source {
        private final byte[] id;
        private final int number;
        private final List<ByteBuffer> chunks;
        private ByteBuffer chunk = ByteBuffer.allocate(0);
        private int read;
        private long timestamp;

        Source(String id, int number, List<ByteBuffer> chunks) {
            this.id = TaskCustomers.bytes(id);
            this.number = number;
            this.chunks = chunks;
        }

        /** Goes to the next event; returns false if there is none. */
        boolean next() {
            while (!chunk.hasRemaining() && read < chunks.size()) {
                chunk = chunks.get(read);
                read++;
            }
            if (!chunk.hasRemaining()) {
                return false;
            }
            timestamp = chunk.getLong();
            return true;
        }

        byte[] value() {
            byte[] value = new byte[chunk.getInt()];
            chunk.get(value);
            return value;
        }
    }

    /**
     * Applies the events to the history of a customer.
     *
     * @param own the customer's own events in chunks; see {@link UnappliedEvents}
     * @param others in the order in which they came
     */
    void apply(CustomerState history, List<ByteBuffer> own, List<PastStore.Events> others) {
        byte[] customer = TaskCustomers.bytes(history.customerId());
        PriorityQueue<Source> next = new PriorityQueue<>(
                Comparator.<Source>comparingLong(source -> source.timestamp).thenComparing(source -> source.number));
        for (Source source : sources(history.customerId(), own, others)) {
            if (source.next()) {
                next.add(source);
            }
        }
        for (Source source = next.poll(); source != null; source = next.poll()) {
            apply(history, customer, source);
            if (source.next()) {
                next.add(source);
            }
        }
    }

    private static List<Source> sources(String customer, List<ByteBuffer> own, List<PastStore.Events> others) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(customer, 0, own));
        for (Map.Entry<Place, List<ByteBuffer>> other : byPlace(others).entrySet()) {
            sources.add(new Source(other.getKey().id(), sources.size(), other.getValue()));
        }
        return sources;
    }

    private record Place(String id, int partition) {}

    private static Map<Place, List<ByteBuffer>> byPlace(Collection<PastStore.Events> others) {
        Map<Place, List<ByteBuffer>> places = new LinkedHashMap<>();
        for (PastStore.Events events : others) {
            List<ByteBuffer> chunks =
                    places.computeIfAbsent(new Place(events.source(), events.partition()), absent -> new ArrayList<>());
            if (events.part() == 0) {
                // The reading began anew.
                chunks.clear();
            }
            chunks.add(events.chunk());
        }
        return places;
    }

    private void apply(CustomerState history, byte[] customer, Source source) {
        byte[] value = source.value();
        long timestamp = source.timestamp;
        Event event;
        try {
            event = patience.answer(() -> admission.admit(source.id, value, timestamp));
        } catch (BadRecord bad) {
            return; // It was counted when it arrived.
        }
        if (!keepsOut.test(customer, event)) {
            effects.accept(plan.apply(history, event.of(history.customerId()), Long.MIN_VALUE, event.time()));
        }
    }
}
