// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Writes the workload to a topic of events. If the shop has a history, the feed stops after it, and again after the
 * measured part: partitions are read in pieces of megabytes, so a contender that had everything at once would mix the
 * parts.
 */
final class Feed implements AutoCloseable {
    /** Number of events between two ticks in the log. */
    private static final int EVENTS_BETWEEN_TICKS = 500;

    private static final int BATCH_LINGER_MILLIS = 5;

    private final Stage stage;
    private final Workload workload;
    private final String topic;
    private final EventSender sender;
    private final List<TickLog.Tick> ticks = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> held = new ArrayList<>();
    private final List<TickLog.Tick> heldTicks = new ArrayList<>();
    private final long[] sent;
    private long end;
    private long latest = Long.MIN_VALUE;
    private int number;
    private boolean hasLast;

    Feed(Stage stage, Workload workload, String topic) {
        this.stage = stage;
        this.workload = workload;
        this.topic = topic;
        this.sender = stage.sender(topic, BATCH_LINGER_MILLIS);
        this.sent = new long[workload.partitions()];
    }

    /** Creates the topic and writes the history; if there is none, everything. */
    void publish() throws ExecutionException, InterruptedException {
        stage.create(topic);
        end = workload.forEachEvent(this::add);
        sender.flush();
        if (!workload.hasHistory()) {
            publishLast(null);
        }
    }

    private void add(Event event) {
        boolean isHeld = workload.hasHistory() && number >= workload.before();
        ProducerRecord<byte[], byte[]> record = sender.prepare(event, null);
        if (isHeld) {
            // Encoded in advance, so that later the machine serves the contender.
            held.add(record);
        } else {
            sender.send(record);
        }
        sent[BuiltInPartitioner.partitionForKey(record.key(), sent.length)]++;
        latest = Math.max(latest, event.time());
        if (++number % EVENTS_BETWEEN_TICKS == 0) {
            (isHeld ? heldTicks : ticks).add(tick(latest));
        }
    }

    private TickLog.Tick tick(long time) {
        return new TickLog.Tick(time, Arrays.stream(sent).boxed().toList());
    }

    /** Writes the measured part, unless it is there. */
    void publishMeasured(@Nullable TickLog log) {
        if (held.isEmpty()) {
            return;
        }
        held.forEach(sender::send);
        sender.flush();
        held.clear();
        if (log != null) {
            log.hold(heldTicks);
        }
    }

    /** Writes the last event of each partition, unless it is there. */
    void publishLast(@Nullable TickLog log) {
        if (hasLast) {
            return;
        }
        hasLast = true;
        for (int partition : workload.spoken()) {
            sender.send(workload.last(partition, end), partition);
        }
        sender.flush();
        long there = stage.end(topic);
        if (there != workload.all()) {
            throw new IllegalStateException(there + " events are in the topic");
        }
        TickLog.Tick last = tick(end);
        if (log != null) {
            log.write(List.of(last));
        }
        ticks.add(last);
    }

    /** The ticks of the events that the topic had from the beginning. */
    List<TickLog.Tick> ticks() {
        return ticks;
    }

    @Override
    public void close() {
        sender.close();
    }
}
