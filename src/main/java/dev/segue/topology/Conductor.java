// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.TopicNames;
import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.event.ProductFacts;
import dev.segue.plan.PopulationNeed;
import dev.segue.serde.event.ProductFactsDecoder;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.LiveSetsCodec;
import dev.segue.serde.output.PopulationReportCodec;
import dev.segue.topology.population.PopulationTotals;
import dev.segue.topology.product.KnownProducts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Writes time, definitions, the cuts of populations and the facts of products into the log. Its sources have one partition, so
 * exactly one task in the cluster runs it, and every segmenter sees the same time, and the same definitions, cuts and facts,
 * at the same place in its log.
 */
final class Conductor implements Processor<byte[], byte[], byte[], Outgoing> {
    /** The shortest time between two computations of cuts. */
    private static final long SECOND = 1000;

    private final Codecs codecs;
    private final Patience patience;
    private final TopicNames topics;
    private final Parts parts;
    private final InstantSource clock;
    private final Duration interval;
    private ProcessorContext<byte[], Outgoing> context;
    private long lastTick;
    private @Nullable LiveSets written;
    private @Nullable LiveSets computed;
    private List<PopulationNeed> asked = List.of();
    private PopulationTotals totals;
    private KnownProducts products;
    private long computedIn;

    Conductor(Codecs codecs, Patience patience, TopicNames topics, Parts parts, Duration interval) {
        this.codecs = codecs;
        this.patience = patience;
        this.topics = topics;
        this.parts = parts;
        this.clock = parts.clock();
        this.interval = interval;
    }

    /** The formats of what it reads and writes. */
    record Codecs(
            ControlCodec control, LiveSetsCodec sets, PopulationReportCodec populations, ProductFactsDecoder facts) {}

    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        // When Streams revives a task whose transaction failed, that task's last tick was never written.
        lastTick = 0;
        written = null;
        computed = null;
        asked = List.of();
        computedIn = Long.MIN_VALUE;
        totals = new PopulationTotals(initialized.getStateStore(Nodes.POPULATION), clock.millis());
        products = new KnownProducts(initialized.getStateStore(Nodes.POPULATION));
        // The punctuation's own timestamp is the machine's clock; a simulated shop uses another clock.
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, ignored -> tick());
    }

    /** Does nothing for definitions: each instance reads their whole topic, and the source only creates the task. */
    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = context.recordMetadata().orElse(null);
        if (origin != null && origin.topic().equals(topics.population())) {
            count(record);
        } else if (origin != null && origin.topic().equals(topics.productFacts())) {
            learn(record, origin);
        }
    }

    private void learn(Record<byte[], byte[]> record, RecordMetadata origin) {
        long now = Math.max(clock.millis(), lastTick);
        try {
            ProductFacts sent = patience.answer(() -> codecs.facts().decode(record.key(), record.value(), now));
            if (!products.take(sent, now)) {
                parts.counters().products().unchanged();
            }
        } catch (BadRecord bad) {
            parts.counters().products().refused();
            context.forward(DeadLetter.of(record, bad, origin, clock.millis()), Nodes.REFUSED_FACTS);
        }
        if (products.isMessageFull()) {
            writeFacts(now);
        }
    }

    private void writeFacts(long now) {
        for (List<ProductFacts> next = products.takeMessage(); !next.isEmpty(); next = products.takeMessage()) {
            write(
                    new Control.Known(next),
                    Math.max(now, next.get(next.size() - 1).at()));
        }
    }

    private void count(Record<byte[], byte[]> record) {
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            totals.report(patience.answer(() -> codecs.populations().decode(value)), clock.millis());
        } catch (BadRecord foreign) {
            parts.counters().refusedCounts();
        }
    }

    /** Segmenters ignore sets that they have already. */
    private void writeDefinitions(long now) {
        LiveSets sets = parts.published().get().at(Instant.ofEpochMilli(now)).orElse(null);
        if (sets == null || (written != null && !sets.isAfter(written))) {
            return;
        }
        if (written != null) {
            // Whatever the next definitions ask, they are evaluated by counts of their own instant.
            totals.takeAll(parts.placement().partitions(), sets.since().toEpochMilli())
                    .forEach(cuts -> write(new Control.Moved(cuts), now));
        }
        written = sets;
        codecs.sets().divide(sets).forEach(part -> write(part, now));
    }

    private void writeCuts(long now) {
        long second = Math.floorDiv(now, SECOND);
        if (totals.isEmpty() || second <= computedIn) {
            return;
        }
        computedIn = second;
        LiveSets sets = written;
        if (sets != null && !sets.equals(computed)) {
            asked = populations(sets);
            computed = sets;
        }
        totals.compute(asked, now);
        totals.take(parts.placement().partitions(), now).forEach(cuts -> write(new Control.Moved(cuts), now));
    }

    private List<PopulationNeed> populations(LiveSets sets) {
        try {
            return parts.plans().of(sets).populations();
        } catch (ForeignSet foreign) {
            return List.of();
        }
    }

    private void write(Control message, long now) {
        context.forward(new Record<>(null, Outgoing.anywhere(codecs.control().encode(message)), now), Nodes.TICKS);
    }

    /**
     * If the clock was set back, writes nothing until it has caught up. After a move to another machine, the first
     * ticks may be older than the last ones written; segmenters ignore those.
     */
    private void tick() {
        long now = clock.millis();
        writeDefinitions(Math.max(now, lastTick));
        if (now > lastTick) {
            writeCuts(now);
            writeFacts(now);
            lastTick = now;
            // The record's timestamp is the tick's time: Streams merges a backlog by timestamp, so after an outage the
            // tick waits behind the events that were there before it.
            write(new Control.Tick(now), now);
        }
    }
}
