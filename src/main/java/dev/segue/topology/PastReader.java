// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.ErasureSettings;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies a plan to the retained events of one partition, as far as the processor has applied them. A background thread
 * reads nearly all of them, the task's own thread the last few; never both at a time.
 */
final class PastReader implements Runnable, AutoCloseable {
    /** If the processor is this many events behind, the past waits for it. */
    private static final long MOST_BEHIND = 10_000;

    private static final long PAUSE_MILLIS = 100;

    /** This many customers stay in memory. */
    private static final int MOST_STATES = 20_000;

    /** So many bytes of events of customers with several ids stay in memory. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    static final long UNKNOWN = Long.MIN_VALUE;

    private final @Nullable Plan plan;
    private final PastLog log;
    private final int partition;
    private final Admission admission;
    private final Erasures erasures;
    private final Consumer<Effects> effects;
    private final FillProgress progress;
    private final PastStates states;
    private final UnappliedEvents events;
    private final Belonging belonging;
    /** Ids whose events are in the wrong partition. */
    private final Set<String> elsewhere = new LinkedHashSet<>();
    /** When customers were erased since the reading began, in milliseconds since the epoch. */
    private final Map<String, Long> erased = new HashMap<>();

    private PastLog.@Nullable Partition opened;
    private volatile long first = UNKNOWN;
    private volatile long position;
    private volatile long committed;
    private volatile long processed = UNKNOWN;
    private volatile boolean isShortened;
    private volatile long firstTimestamp = Long.MAX_VALUE;
    private volatile boolean running;
    private volatile boolean queued;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;

    /**
     * The erased customers.
     *
     * @param known when the reading began
     */
    record Erasures(ErasureSettings settings, ErasedCustomers.Known known) {}

    /** Which events cannot be applied before those of other ids are known, because they may belong to one person. */
    interface Belonging {
        /** Returns whether an id belongs to a customer with several. */
        boolean isLinked(byte[] id);

        /** Returns whether the processor has sent the event on to another partition. */
        boolean isElsewhere(ConsumerRecord<byte[], byte[]> event);
    }

    /**
     * @param plan null if only the events are needed that cannot be applied here
     * @param effects receives those of each past event, so that limits and failures are counted
     */
    PastReader(
            @Nullable Plan plan,
            PastLog log,
            int partition,
            Admission admission,
            Erasures erasures,
            Belonging belonging,
            Consumer<Effects> effects,
            FillProgress progress) {
        this.plan = plan;
        this.log = log;
        this.partition = partition;
        this.admission = admission;
        this.erasures = erasures;
        this.belonging = belonging;
        this.effects = effects;
        this.progress = progress;
        this.states = new PastStates(MOST_STATES, () -> log.overflow(partition));
        this.events = new UnappliedEvents(MOST_BYTES, () -> log.overflow(partition));
    }

    /** The processor has applied the event at this offset. */
    void processed(long offset) {
        processed = offset;
    }

    /**
     * Returns the timestamp of the first record, if earlier ones have been deleted; null if none have. In milliseconds
     * since the epoch.
     *
     * @param now is returned if all have been deleted
     */
    @Nullable
    Long shortenedSince(long now) {
        return isShortened ? Long.valueOf(Math.min(firstTimestamp, now)) : null;
    }

    /** Returns whether the background thread reads. */
    boolean isRunning() {
        return running;
    }

    /** Must be called before the background thread is given this. */
    void begin() {
        queued = true;
        running = true;
    }

    /** Returns whether the background thread still reads other partitions first. */
    boolean isQueued() {
        return queued;
    }

    /** Returns why not everything could be read, so that another reader must begin anew; null if nothing is wrong. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Returns how many offsets are left; 0 before the first was read. */
    long left() {
        return first == UNKNOWN ? 0 : Math.max(0, end() - position);
    }

    /** Returns how many offsets have been read. */
    long done() {
        return first == UNKNOWN ? 0 : position - first;
    }

    private long end() {
        return Math.max(processed + 1, committed);
    }

    @Override
    public void run() {
        queued = false;
        progress.moved();
        try {
            PastLog.Partition past = open();
            while (!stopped && left() > 0) {
                if (processed != UNKNOWN && past.end() - processed > MOST_BEHIND) {
                    Thread.sleep(PAUSE_MILLIS);
                } else {
                    readOn(past);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            failure = broken;
        } finally {
            if (stopped || failure != null) {
                closeAll();
            }
            running = false;
        }
    }

    private PastLog.Partition open() {
        PastLog.Partition known = opened;
        if (known == null) {
            known = log.open(partition);
            opened = known;
            committed = known.committed();
            position = known.position();
            first = position;
            isShortened = known.isShortened();
        }
        return known;
    }

    private void readOn(PastLog.Partition past) {
        for (ConsumerRecord<byte[], byte[]> record : past.read(end() - 1)) {
            firstTimestamp = Math.min(firstTimestamp, record.timestamp());
            apply(record);
        }
        position = past.position();
        progress.moved();
    }

    /**
     * Reads the rest, unless it fails or takes too long. Only while the background thread does not read.
     *
     * @return whether nothing is left
     */
    boolean finish(long nanos) {
        long until = System.nanoTime() + nanos;
        try {
            PastLog.Partition past = open();
            while (left() > 0 && System.nanoTime() < until) {
                readOn(past);
            }
            return left() == 0;
        } catch (RuntimeException broken) {
            failure = broken;
            closeAll();
            return false;
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        Event event;
        try {
            event = admission.admit(record.key(), record.value(), record.timestamp());
        } catch (BadRecord bad) {
            return; // The processor has counted it.
        }
        String customer = event.customerId();
        if (event.erasesCustomer()) {
            Long known = erasures.known().at(record.key());
            if (known == null || event.time() > known) {
                erased.merge(customer, Math.max(event.time(), record.timestamp()), Math::max);
            }
            states.remove(customer);
            List<ByteBuffer> unused = events.take(customer);
        } else if (isKeptOut(event, record.key())) {
            return;
        } else if (belonging.isElsewhere(record)) {
            elsewhere.add(customer);
            events.add(customer, record.timestamp(), record.value());
        } else if (belonging.isLinked(record.key())) {
            events.add(customer, record.timestamp(), record.value());
        } else if (plan != null) {
            effects.accept(plan.apply(states.get(customer), event, Long.MIN_VALUE, event.time()));
        }
    }

    private boolean isKeptOut(Event event, byte[] key) {
        Long erasedAt = erased.isEmpty() ? null : erased.get(event.customerId());
        if (erasedAt == null) {
            erasedAt = erasures.known().at(key);
        }
        return erasedAt != null && erasures.settings().keepsOut(erasedAt, event.time());
    }

    /** The events that have not been applied. Only while the background thread does not read. */
    UnappliedEvents events() {
        return events;
    }

    /** The ids whose events are in the wrong partition. Only while the background thread does not read. */
    Set<String> elsewhere() {
        return elsewhere;
    }

    /** Returns the history of a customer who is not needed again. Only while the background thread does not read. */
    CustomerState take(String customer) {
        return states.take(customer);
    }

    /** Another thread may do so at the same time. */
    private synchronized void closeLog() {
        PastLog.Partition known = opened;
        if (known != null) {
            opened = null;
            known.close();
        }
    }

    private void closeAll() {
        closeLog();
        states.close();
        events.close();
    }

    /** Everything has been read; the histories are still needed. */
    void endReading() {
        closeLog();
    }

    /** Forgets everything. If the background thread still reads, it stops, and closes what is open. */
    @Override
    public void close() {
        stopped = true;
        if (!running) {
            closeAll();
        }
    }
}
