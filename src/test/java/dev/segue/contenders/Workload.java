// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.state.StateCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The events for every contender: the shop's events, in order of time unless some are late, then, in each partition
 * that is not idle, one last event long after, which shows that time has passed.
 */
record Workload(Vocabulary vocabulary, long seed, int shoppers, int events, int partitions, Trouble trouble) {
    private static final Duration SILENCE = Duration.ofDays(8);

    /**
     * After an hour without events, the members of the five segments depend only on the events and no longer on their
     * arrival; after a week, hardly any customer would be in a segment based on the latest week.
     */
    private static final Duration SHORT_SILENCE = Duration.ofHours(2);

    /** The results of replaying the workload. */
    record Answer(Answers changes, int medianStateBytes) {}

    /** Passes all events to the listener in order of arrival; returns the time of the last one, after the silence. */
    long forEachEvent(Consumer<Event> listener) {
        if (!trouble.late()) {
            return tellInOrder(listener);
        }
        LateEvents late = new LateEvents(seed, listener);
        long end = tellInOrder(late::accept);
        late.end();
        return end;
    }

    private long tellInOrder(Consumer<Event> listener) {
        ShopEvents shop = new ShopEvents(vocabulary, seed, shoppers);
        long time = 0;
        for (int number = 0; number < events; number++) {
            Event event = shop.next();
            time = event.time();
            listener.accept(event);
        }
        return time + (trouble.late() ? SHORT_SILENCE : SILENCE).toMillis();
    }

    /** The partitions that get a last event. */
    int[] spoken() {
        return IntStream.range(trouble.idlePartition() ? 1 : 0, partitions).toArray();
    }

    /** The number of events, including the last ones. */
    int all() {
        return events + spoken().length;
    }

    /** The last event of a partition. */
    Event last(int partition, long time) {
        try {
            return new EventBuilder(vocabulary)
                    .build(Map.of(
                            "type",
                            "page_viewed",
                            "customer_id",
                            "last-" + partition,
                            "event_id",
                            "last-" + partition,
                            "occurred_at",
                            time));
        } catch (BadRecord impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs the plan in order of time, and keeps only the answers, because a long workload has millions of changes. */
    Answer replay(Plan plan) {
        Map<String, CustomerState> customers = new HashMap<>();
        Answers answers = new Answers();
        Consumer<Event> apply = event -> {
            CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
            Effects effects = plan.apply(state, event, Long.MIN_VALUE, event.time());
            if (effects.outcome() != Effects.Outcome.APPLIED) {
                throw new IllegalStateException("the shop has an event that is " + effects.outcome());
            }
            effects.changes().forEach(answers::add);
        };
        long end = tellInOrder(apply);
        for (int partition : spoken()) {
            apply.accept(last(partition, end));
        }
        customers
                .values()
                .forEach(state -> plan.advance(state, end, end).changes().forEach(answers::add));
        int[] sizes = customers.values().stream()
                .mapToInt(state -> StateCodec.write(state).length)
                .sorted()
                .toArray();
        return new Answer(answers, sizes[sizes.length / 2]);
    }
}
