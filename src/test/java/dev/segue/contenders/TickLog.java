// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The ticks that Segue's conductor would have written during one run while the events arrived. */
final class TickLog implements AutoCloseable {
    private final String topic;
    private final ControlCodec control;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Deque<Tick>> held = new ArrayList<>();
    private int written;

    /**
     * One tick for all partitions.
     *
     * @param after the number of events of each partition that come before it
     */
    record Tick(long time, List<Long> after) {}

    TickLog(Stage stage, String topic) throws ExecutionException, InterruptedException {
        this.topic = topic;
        this.control = new ControlCodec(new DirectorySchemaRegistry(stage.registry()), topic);
        this.producer = stage.producer(0);
        stage.create(topic);
        for (int partition = 0; partition < stage.partitions(); partition++) {
            held.add(new ArrayDeque<>());
        }
    }

    /** Writes ticks at once. */
    void write(List<Tick> ticks) {
        for (Tick tick : ticks) {
            for (int partition = 0; partition < held.size(); partition++) {
                write(partition, tick);
            }
        }
        producer.flush();
    }

    private void write(int partition, Tick tick) {
        byte[] value = control.encode(new Control.Tick(tick.time()));
        var unused = producer.send(new ProducerRecord<>(topic, partition, tick.time(), null, value));
        written++;
    }

    /** Leaves ticks to {@link #follow}. */
    void hold(List<Tick> ticks) {
        held.forEach(partition -> partition.addAll(ticks));
    }

    /**
     * Writes the held ticks whose events have been processed. A contender that has caught up once reads new ticks before
     * new events of another partition, even if the events were written first: those events would then be late.
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

    /** The number of ticks in the topic, over all partitions. */
    int written() {
        return written;
    }

    @Override
    public void close() {
        producer.close();
    }
}
