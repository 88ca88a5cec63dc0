// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.serde.state.StatisticBytes;
import dev.segue.statistics.EventCounts;
import dev.segue.statistics.NameLimit;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.PendingCounts;
import dev.segue.statistics.SegmentSizes;
import dev.segue.statistics.Since;
import dev.segue.statistics.Slot;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.Windows;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What one task counts: adds up for a while and then sends the sums on. Whatever is not sent yet is in the task's store,
 * because Streams has no hook before a commit.
 */
final class TaskStatistics {
    /** So many counts are sent before the interval is over; a past that is caught up has many hours. */
    private static final int MOST_PENDING = 10_000;

    private final boolean enabled;
    private final long interval;
    private final CustomerStore store;
    private final ProcessorContext<byte[], Outgoing> context;
    private final Counters counters;
    private final InstantSource clock;
    private final PendingCounts pending = new PendingCounts();
    private final SegmentSizes sizes;
    private final EventCounts events;
    private final OutcomeCounts outcomes;
    private SegmentSizes.Open saved = new SegmentSizes.Open(0, 0);
    private long sentIn = Long.MIN_VALUE;

    /** @param evaluated returns the names of the segments that are evaluated, which change */
    TaskStatistics(
            Rules rules,
            CustomerStore store,
            Supplier<? extends Collection<String>> evaluated,
            ProcessorContext<byte[], Outgoing> context,
            Counters counters,
            InstantSource clock) {
        this.enabled = rules.settings().enabled();
        this.interval = rules.settings().interval().toMillis();
        this.store = store;
        this.context = context;
        this.counters = counters;
        this.clock = clock;
        Since since = new Since(Windows.hour(rules.settings().since().toEpochMilli()), counters::statisticBeforeSince);
        this.events = new EventCounts(pending, new NameLimit(rules.settings().mostNames()), since);
        this.outcomes = new OutcomeCounts(pending, since);
        this.sizes = new SegmentSizes(pending, new Windows(rules.zone()), since, evaluated);
        if (enabled) {
            store.pendingCounts(
                    (key, counts) -> pending.restore(StatisticBytes.slot(key), StatisticBytes.read(counts)));
            byte[] opened = store.openWindows();
            if (opened != null) {
                ByteBuffer in = ByteBuffer.wrap(opened);
                saved = new SegmentSizes.Open(in.getLong(), in.getLong());
                sizes.restore(saved);
            }
        } else if (store.openWindows() != null) {
            // What happens meanwhile is not counted, so sizes begin anew.
            store.openWindows(null);
        }
    }

    /** What and how to count. */
    record Rules(StatisticsSettings settings, ZoneId zone) {
        static Rules of(Settings settings) {
            return new Rules(settings.statistics(), settings.zone());
        }
    }

    /** Counts a member that is known from before. */
    void member(String segment) {
        sizes.member(segment);
    }

    void changed(Effects effects) {
        if (enabled) {
            sizes.changed(effects.changes());
            effects.decisions().forEach(outcomes::decided);
            effects.outcomes().forEach(outcomes::came);
        }
    }

    /** See {@link SegmentSizes#takenOver}. */
    void takenOver(String segment, long at) {
        if (enabled) {
            sizes.takenOver(segment, at);
        }
    }

    /** Counts an event that a customer's state has counted, and sessions that it has ended. */
    void applied(Event event, Visits.Seen seen) {
        if (enabled) {
            events.event(event, seen.firstView());
            ended(seen);
        }
    }

    void ended(Visits.Seen seen) {
        seen.ended().forEach(ended -> events.session(ended.session()));
    }

    /** @param now the time of the task, in milliseconds since the epoch */
    void tick(long now) {
        if (!enabled) {
            return;
        }
        sizes.open(now);
        long current = Math.floorDiv(now, interval);
        if (current > sentIn) {
            sentIn = current;
            send();
        }
    }

    /**
     * Stores what has been counted since the last call. Must be called before the task leaves a record.
     */
    void save() {
        if (!enabled) {
            return;
        }
        SegmentSizes.Open opened = sizes.opened();
        if (pending.size() > MOST_PENDING) {
            send();
        }
        pending.save((slot, counts) -> store.pendingCounts(StatisticBytes.key(slot), StatisticBytes.write(counts)));
        if (opened != null && !opened.equals(saved)) {
            saved = opened;
            store.openWindows(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(opened.first())
                    .putLong(opened.last())
                    .array());
        }
    }

    private void send() {
        sizes.spread();
        // Not the time of the counts: retention must not delete what is old before it is added up.
        long timestamp = clock.millis();
        for (Slot slot : pending.take((counted, counts) -> send(counted, counts, timestamp))) {
            store.pendingCounts(StatisticBytes.key(slot), null);
        }
    }

    private void send(Slot slot, WindowCounts counts, long timestamp) {
        counters.statisticPart();
        context.forward(
                new Record<>(StatisticBytes.key(slot), Outgoing.anywhere(StatisticBytes.write(counts)), timestamp),
                Nodes.STATISTICS_PARTS);
    }
}
