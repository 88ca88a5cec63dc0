// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

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
 *
 * @param events the number of the shop's events after its history
 */
record Workload(
        Vocabulary vocabulary, long seed, int shoppers, ShopLog shop, int events, int partitions, Trouble trouble) {
    private static final Duration SILENCE = Duration.ofDays(8);

    /**
     * After an hour without events, the members of the five segments depend only on the events and no longer on their
     * arrival; after a week, hardly any customer would be in a segment based on the latest week.
     */
    private static final Duration SHORT_SILENCE = Duration.ofHours(2);

    /** The results of replaying the workload. */
    record Answer(Answers changes, StateSizes states) {}

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
        long[] time = {0};
        shop.forEach(events, event -> {
            time[0] = event.time();
            listener.accept(event);
        });
        return time[0] + (trouble.late() ? SHORT_SILENCE : SILENCE).toMillis();
    }

    @Override
    public String toString() {
        return "%d events of %d customers%s"
                .formatted(
                        events, shoppers, hasHistory() ? " after %d of their history".formatted(shop.history()) : "");
    }

    /** The partitions that get a last event. */
    int[] spoken() {
        return IntStream.range(trouble.idlePartition() ? 1 : 0, partitions).toArray();
    }

    /** The number of the shop's events, without the last ones. */
    int shopEvents() {
        return shop.history() + events;
    }

    /** The number of events, including the last ones. */
    int all() {
        return shopEvents() + spoken().length;
    }

    /**
     * The number of events before the measured part. Without a history this is half of them, because the JVM compiles
     * then: half of the processor time in the first minute, which a service pays once.
     */
    int before() {
        return hasHistory() ? shop.history() : events / 2;
    }

    /**
     * The number of events that are in the topic before the contender starts. The measured part follows when the history
     * has been processed: partitions are read in pieces of megabytes, so a contender that had both at once would mix
     * them. A contender that is killed is not measured.
     */
    int inAdvance() {
        return hasHistory() && !trouble.restart() ? shop.history() : shopEvents();
    }

    boolean hasHistory() {
        return shop.history() > 0;
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
        return new Answer(
                answers, StateSizes.of(customers.values().stream().mapToInt(state -> StateCodec.write(state).length)));
    }
}
