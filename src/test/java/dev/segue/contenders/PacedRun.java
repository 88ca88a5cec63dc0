// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One run of one contender under a steady load with the current time, on topics of its own. */
final class PacedRun {
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Between planning and the first event; past events must be sent earlier. */
    private static final Duration LEAD = Duration.ofSeconds(2);

    /**
     * Rate of the events before the load: a JVM that has just started processes no more, and would start with a
     * backlog.
     */
    private static final int PAST_EVENTS_PER_SECOND = 4_000;

    /** A contender that has not processed all events this long after the last one does not sustain the load. */
    private static final Duration LONGEST_BEHIND = Duration.ofSeconds(10);

    private static final Duration LONGEST_START = Duration.ofSeconds(40);

    /** Time for the last deadlines. */
    private static final Duration LAST_DEADLINES = Duration.ofSeconds(1);

    private final Launch launch;
    private final Stage stage;
    private final Workload workload;
    private final Pace pace;

    PacedRun(Launch launch, Workload workload, Pace pace) {
        this.launch = launch;
        this.stage = launch.stage();
        this.workload = workload;
        this.pace = pace;
    }

    PacedMeasurement run() throws Exception {
        stage.create(launch.events());
        if (!launch.entry().isSegue()) {
            stage.create(launch.changes());
        }
        try (Child child = launch.start();
                EventSender sender = stage.sender(launch.events(), 0)) {
            return measure(child, sender);
        } finally {
            launch.clear();
        }
    }

    private PacedMeasurement measure(Child child, EventSender sender) throws Exception {
        PastCustomers past = new PastCustomers(workload.vocabulary());
        for (int partition = 0; partition < stage.partitions(); partition++) {
            sender.send(past.first(partition, System.currentTimeMillis()), partition);
        }
        sender.flush();
        await(child, stage.partitions(), LONGEST_START);
        Timeline timeline = timeline();
        past.plan(timeline);
        Latencies latencies = new Latencies(timeline, past.measured());
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<?> reading = reader.submit(() -> read(latencies, ended));
            for (Event event : past.events()) {
                sender.send(event, null);
            }
            sender.flush();
            Histogram late = send(sender, prepare(sender, timeline), timeline);
            long sent = stage.partitions() + past.events().size() + pace.events();
            await(child, sent, LONGEST_BEHIND);
            Thread.sleep(LAST_DEADLINES.toMillis());
            ended.set(true);
            reading.get();
            return latencies.measurement(late);
        } finally {
            ended.set(true);
            reader.shutdown();
            boolean unused = reader.awaitTermination(LONGEST_BEHIND.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Timeline timeline() {
        long pastEvents = pace.length().toSeconds() * pace.deadlinesPerSecond() * 2;
        long lead = LEAD.toMillis() + pastEvents * 1000 / PAST_EVENTS_PER_SECOND;
        return new Timeline(System.currentTimeMillis() + lead, pace);
    }

    private Void read(Latencies latencies, AtomicBoolean ended) throws Exception {
        try (Told told = new Told(stage, launch.changes(), launch.entry().isSegue())) {
            boolean any = true;
            while (any || !ended.get()) {
                any = told.readOn(latencies::add);
            }
        }
        return null;
    }

    /** Encodes the events of the load in advance, so that the machine serves the measured processes during the load. */
    private List<ProducerRecord<byte[], byte[]>> prepare(EventSender sender, Timeline timeline) {
        PacedEvents events =
                new PacedEvents(new ShopEvents(workload.vocabulary(), workload.seed(), workload.shoppers()));
        List<ProducerRecord<byte[], byte[]>> prepared = new ArrayList<>();
        for (long number = 0; number < pace.events(); number++) {
            prepared.add(sender.prepare(events.next(timeline.start() + pace.offsetMillis(number)), null));
        }
        return prepared;
    }

    /** Never waits for the contender. Returns how far behind schedule each event was sent, in milliseconds. */
    private static Histogram send(EventSender sender, List<ProducerRecord<byte[], byte[]>> events, Timeline timeline) {
        Histogram late = new Histogram(3);
        for (ProducerRecord<byte[], byte[]> event : events) {
            long time = event.timestamp();
            for (long left = time - System.currentTimeMillis(); left > 0; left = time - System.currentTimeMillis()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left) / 2);
            }
            sender.send(event);
            if (timeline.isMeasured(time)) {
                late.recordValue(Math.max(0, System.currentTimeMillis() - time));
            }
        }
        sender.flush();
        return late;
    }

    private void await(Child child, long events, Duration patience) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        for (long done = 0; done < events; done = stage.committed(launch.name(), launch.events())) {
            child.requireAlive();
            stage.requireAlive();
            if (System.nanoTime() > until) {
                throw new IllegalStateException("%s did not carry %s: it was at %d of %d events %d s later; it said: %s"
                        .formatted(launch.entry().name(), pace, done, events, patience.toSeconds(), child.said()));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }
}
