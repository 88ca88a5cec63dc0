// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedSets;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.LiveSetsCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes time and definitions into the log. Its source has one partition, so exactly one task in the cluster runs it, and every
 * segmenter sees the same time, and the same definitions, at the same place in its log.
 */
final class Conductor implements Processor<byte[], byte[], byte[], Outgoing> {
    private final ControlCodec control;
    private final LiveSetsCodec codec;
    private final Supplier<PublishedSets> published;
    private final InstantSource clock;
    private final Duration interval;
    private ProcessorContext<byte[], Outgoing> context;
    private long lastTick;
    private @Nullable LiveSets written;

    /** @param published the sets known to this instance, which change while it runs */
    Conductor(
            ControlCodec control,
            LiveSetsCodec codec,
            Supplier<PublishedSets> published,
            InstantSource clock,
            Duration interval) {
        this.control = control;
        this.codec = codec;
        this.published = published;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        // When Streams revives a task whose transaction failed, that task's last tick was never written.
        lastTick = 0;
        written = null;
        // The punctuation's own timestamp is the machine's clock; a simulated shop uses another clock.
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, ignored -> tick());
    }

    /** Does nothing: each instance reads the whole topic, and this source only creates the task. */
    @Override
    public void process(Record<byte[], byte[]> definition) {}

    /** Segmenters ignore sets that they have already. */
    private void writeDefinitions(long now) {
        LiveSets sets = published.get().at(Instant.ofEpochMilli(now)).orElse(null);
        if (sets == null || (written != null && !sets.isAfter(written))) {
            return;
        }
        written = sets;
        codec.divide(sets).forEach(part -> write(part, now));
    }

    private void write(Control message, long now) {
        context.forward(new Record<>(null, Outgoing.anywhere(control.encode(message)), now));
    }

    /**
     * If the clock was set back, writes nothing until it has caught up. After a move to another machine, the first
     * ticks may be older than the last ones written; segmenters ignore those.
     */
    private void tick() {
        long now = clock.millis();
        writeDefinitions(Math.max(now, lastTick));
        if (now > lastTick) {
            lastTick = now;
            // The record's timestamp is the tick's time: Streams merges a backlog by timestamp, so after an outage the
            // tick waits behind the events that were there before it.
            write(new Control.Tick(now), now);
        }
    }
}
