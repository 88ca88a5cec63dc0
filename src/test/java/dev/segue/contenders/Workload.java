package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.CustomerState;
import dev.segue.plan.Plan;
import dev.segue.replay.EventReader;
import dev.segue.replay.ReadReport;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.serde.BadRecord;
import dev.segue.serde.EventBuilder;
import dev.segue.serde.StateCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What every contender gets: the shop's events in order of time, then, in each partition, one last event long after, which
 * shows everybody that time has passed.
 */
record Workload(Vocabulary vocabulary, long seed, int shoppers, int events, int partitions) {
    private static final Duration SILENCE = Duration.ofDays(8);

    /** What the replay of the workload answers. */
    record Answer(Answers changes, int medianStateBytes) {}

    /** Tells all events, and returns when the last of them, after the silence, happens. */
    long tell(Consumer<Event> listener) {
        ShopEvents shop = new ShopEvents(vocabulary, seed, shoppers);
        long time = 0;
        for (int number = 0; number < events; number++) {
            Event event = shop.next();
            time = event.time();
            listener.accept(event);
        }
        return time + SILENCE.toMillis();
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

    Answer replay(Plan plan) {
        Replay replay = new Replay(plan);
        Reader reader = new Reader();
        var result = replay.run(reader, new Until.AfterLast(0));
        Answers answers = new Answers();
        result.changes()
                .forEach(change -> answers.add(
                        change.customerId(),
                        change.segment(),
                        change.kind().name(),
                        change.effectiveAt().toEpochMilli()));
        int[] sizes = replay.customers().stream()
                .mapToInt((CustomerState state) -> StateCodec.write(state).length)
                .sorted()
                .toArray();
        return new Answer(answers, sizes[sizes.length / 2]);
    }

    private final class Reader implements EventReader {
        private final ShopEvents shop = new ShopEvents(vocabulary, seed, shoppers);
        private int number;
        private long time;

        @Override
        public @Nullable Event next() {
            number++;
            if (number <= events) {
                Event event = shop.next();
                time = event.time();
                return event;
            }
            return number <= events + partitions ? last(number - events - 1, time + SILENCE.toMillis()) : null;
        }

        @Override
        public List<ReadReport> reports() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
