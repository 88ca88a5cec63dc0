// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The minimal cost of a straightforward program: for each event one get and one put of a state as large as Segue's. It
 * decodes nothing and writes no output.
 */
final class BareContender implements Contender {
    private static final String STATES = "states";

    BareContender() {}

    @Override
    public void start(Job job) {
        byte[] fresh = new byte[Math.max(Long.BYTES, job.number("state.bytes"))];
        new Random(1).nextBytes(fresh);
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), job.events());
        topology.addProcessor("count", () -> new GetAndPut(fresh), "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STATES), Serdes.ByteArray(), Serdes.ByteArray()),
                "count");
        StreamsOf.start(job, topology);
    }

    private static final class GetAndPut implements Processor<byte[], byte[], Void, Void> {
        private final byte[] fresh;
        private KeyValueStore<byte[], byte[]> states;

        private GetAndPut(byte[] fresh) {
            this.fresh = fresh;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            states = context.getStateStore(STATES);
        }

        @Override
        public void process(Record<byte[], byte[]> event) {
            byte[] known = states.get(event.key());
            byte[] state = known == null ? fresh.clone() : known;
            ByteBuffer.wrap(state).putLong(0, ByteBuffer.wrap(state).getLong(0) + 1);
            states.put(event.key(), state);
        }
    }
}
