// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes ticks into the log. Its source has one partition, so exactly one task in the cluster runs it, and every
 * segmenter sees the same time at the same place in its log.
 */
final class Conductor implements Processor<byte[], byte[], byte[], Outgoing> {
    private final ControlCodec control;
    private final InstantSource clock;
    private final Duration interval;
    private ProcessorContext<byte[], Outgoing> context;
    private long lastTick;

    Conductor(ControlCodec control, InstantSource clock, Duration interval) {
        this.control = control;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        // When Streams revives a task whose transaction failed, that task's last tick was never written.
        lastTick = 0;
        // The punctuation's own timestamp is the machine's clock; a simulated shop uses another clock.
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, ignored -> tick());
    }

    /** Does nothing: definitions are read at start, and this source only creates the task. */
    @Override
    public void process(Record<byte[], byte[]> definition) {}

    /**
     * If the clock was set back, writes nothing until it has caught up. After a move to another machine, the first
     * ticks may be older than the last ones written; segmenters ignore those.
     */
    private void tick() {
        long now = clock.millis();
        if (now > lastTick) {
            lastTick = now;
            // The record's timestamp is the tick's time: Streams merges a backlog by timestamp, so after an outage the
            // tick waits behind the events that were there before it.
            byte[] tick = control.encode(new Control.Tick(now));
            context.forward(new Record<>(null, Outgoing.anywhere(tick), now));
        }
    }
}
