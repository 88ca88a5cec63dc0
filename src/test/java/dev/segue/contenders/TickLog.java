// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ticks that Segue's conductor would have written to one control topic while the events arrived. */
final class TickLog implements AutoCloseable {
    private final Stage stage;
    private final String topic;
    private final ControlCodec control;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Deque<Tick>> held = new ArrayList<>();
    private int size;

    /** @param after the number of events of each partition that come before it */
    record Tick(long time, List<Long> after) {}

    TickLog(Stage stage, String topic) throws ExecutionException, InterruptedException {
        this.stage = stage;
        this.topic = topic;
        this.control = new ControlCodec(new DirectorySchemaRegistry(stage.registry()), topic);
        this.producer = stage.producer(0);
        stage.create(topic);
        for (int partition = 0; partition < stage.partitions(); partition++) {
            held.add(new ArrayDeque<>());
        }
    }

    void write(Collection<Tick> ticks) {
        for (Tick tick : ticks) {
            for (int partition = 0; partition < stage.partitions(); partition++) {
                write(partition, tick);
            }
        }
        producer.flush();
    }

    private void write(int partition, Tick tick) {
        byte[] value = control.encode(new Control.Tick(tick.time()));
        var unused = producer.send(new ProducerRecord<>(topic, partition, tick.time(), null, value));
        size++;
    }

    /** Leaves ticks to {@link #follow}. */
    void hold(Collection<Tick> ticks) {
        held.forEach(partition -> partition.addAll(ticks));
    }

    /**
     * Writes the ticks whose events have been processed. A contender that waits for events would read ticks that are
     * already there before the events, which would then be late.
     *
     * @param processed number of processed events by partition
     */
    void follow(Map<Integer, Long> processed) {
        processed.forEach((partition, events) -> {
            Deque<Tick> waiting = held.get(partition);
            while (!waiting.isEmpty() && waiting.getFirst().after().get(partition) <= events) {
                write(partition, waiting.removeFirst());
            }
        });
    }

    /** The number of written ticks, over all partitions. */
    int size() {
        return size;
    }

    @Override
    public void close() {
        producer.close();
    }
}
