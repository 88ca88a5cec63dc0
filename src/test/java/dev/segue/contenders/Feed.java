// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.config.Partitioner;
import dev.segue.contenders.TickLog.Tick;
import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The workload with its ticks, encoded once for all runs: while a part of it is written to the topic of a run, the
 * machine serves the contender.
 */
final class Feed implements AutoCloseable {
    /** Number of events between two ticks in the log. */
    private static final int EVENTS_BETWEEN_TICKS = 500;

    private static final int BATCH_LINGER_MILLIS = 5;

    private final Stage stage;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> lastEvents = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final Tick lastTick;

    /** The number of events so far, by partition. */
    private final List<Long> added;

    private long latest = Long.MIN_VALUE;

    Feed(Stage stage, Workload workload) {
        this.stage = stage;
        this.producer = stage.producer(BATCH_LINGER_MILLIS);
        this.added = new ArrayList<>(Collections.nCopies(stage.partitions(), 0L));
        // Its topic is replaced by that of the run.
        try (EventSender encoder = stage.sender("events", BATCH_LINGER_MILLIS)) {
            long end = workload.forEachEvent(event -> add(encoder, event));
            lastTick = new Tick(end, List.copyOf(added));
            for (int partition : workload.spoken()) {
                lastEvents.add(encoder.prepare(workload.last(partition, end), partition));
            }
        }
    }

    private void add(EventSender encoder, Event event) {
        ProducerRecord<byte[], byte[]> record = encoder.prepare(event, null);
        events.add(record);
        int partition = Partitioner.MURMUR2.partition(record.key(), added.size());
        added.set(partition, added.get(partition) + 1);
        latest = Math.max(latest, event.time());
        if (events.size() % EVENTS_BETWEEN_TICKS == 0) {
            ticks.add(new Tick(latest, List.copyOf(added)));
        }
    }

    /** Writes a part of the events; returns the ticks that belong to them. */
    List<Tick> write(String topic, int from, int to) {
        send(topic, events.subList(from, to));
        return ticks.subList(from / EVENTS_BETWEEN_TICKS, to / EVENTS_BETWEEN_TICKS);
    }

    /** Writes the last event of each partition, long after the others; returns the tick after them. */
    Tick writeLast(String topic) {
        send(topic, lastEvents);
        long there = stage.end(topic);
        if (there != events.size() + lastEvents.size()) {
            throw new IllegalStateException(there + " events are in the topic");
        }
        return lastTick;
    }

    private void send(String topic, List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> event : records) {
            var unused = producer.send(
                    new ProducerRecord<>(topic, event.partition(), event.timestamp(), event.key(), event.value()));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
