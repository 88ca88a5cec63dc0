// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The five segments written by hand on Kafka Streams: a store of states, a store of deadlines in order of time, and an
 * ordinary punctuator in stream time. Like any punctuator, it runs after the records of the same poll, so an event that
 * follows a deadline can remove the deadline before it is evaluated.
 */
final class DslContender implements Contender {
    private static final String STATES = "states";
    private static final String DEADLINES = "deadlines";
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final byte[] NOTHING = {};

    DslContender() {}

    @Override
    public void start(Job job) throws Exception {
        EventDecoder decoder =
                new EventDecoder(EventSchemas.read(job.schemas()), new DirectorySchemaRegistry(job.registry()));
        ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier = new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new Segments(decoder);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store(STATES), store(DEADLINES));
            }
        };
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(job.events(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(supplier, Named.as("segments"))
                .to(job.changes(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        StreamsOf.start(job, builder.build());
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
    }

    private static final class Segments implements Processor<byte[], byte[], byte[], byte[]> {
        private final EventDecoder decoder;
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<byte[], byte[]> states;
        private KeyValueStore<byte[], byte[]> deadlines;

        /** The end of the last punctuation: a scan from the front would step over all deleted deadlines. */
        private long drained;

        private Segments(EventDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> initialized) {
            context = initialized;
            states = initialized.getStateStore(STATES);
            deadlines = initialized.getStateStore(DEADLINES);
            initialized.schedule(INTERVAL, PunctuationType.STREAM_TIME, this::fireDue);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            String customer = new String(record.key(), StandardCharsets.UTF_8);
            Event event;
            try {
                event = decoder.decode(customer, record.value());
            } catch (BadRecord bad) {
                return;
            }
            FiveByHand state = FiveByHand.read(customer, states.get(record.key()));
            long before = state.deadline();
            state.apply(event, change -> publish(record.key(), change, record.timestamp()));
            keep(record.key(), state, before);
        }

        private void fireDue(long now) {
            List<byte[]> due = new ArrayList<>();
            try (KeyValueIterator<byte[], byte[]> waiting =
                    deadlines.range(entry(drained, NOTHING), entry(now + 1, NOTHING))) {
                while (waiting.hasNext()) {
                    KeyValue<byte[], byte[]> next = waiting.next();
                    due.add(next.key);
                }
            }
            for (byte[] key : due) {
                byte[] customer = new byte[key.length - Long.BYTES];
                System.arraycopy(key, Long.BYTES, customer, 0, customer.length);
                FiveByHand state = FiveByHand.read(new String(customer, StandardCharsets.UTF_8), states.get(customer));
                long before = state.deadline();
                state.advance(now, change -> publish(customer, change, now));
                keep(customer, state, before);
            }
            drained = now;
        }

        private void keep(byte[] customer, FiveByHand state, long before) {
            states.put(customer, state.write());
            if (state.deadline() != before) {
                if (before != FiveByHand.NEVER) {
                    deadlines.delete(entry(before, customer));
                }
                if (state.deadline() != FiveByHand.NEVER) {
                    deadlines.put(entry(state.deadline(), customer), NOTHING);
                    // For an event that arrived late.
                    drained = Math.min(drained, state.deadline());
                }
            }
        }

        private static byte[] entry(long time, byte[] customer) {
            return ByteBuffer.allocate(Long.BYTES + customer.length)
                    .putLong(time)
                    .put(customer)
                    .array();
        }

        private void publish(byte[] customer, ChangeText change, long time) {
            context.forward(new Record<>(customer, change.bytes(), time));
        }
    }
}
