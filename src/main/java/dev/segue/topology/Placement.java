// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.Partitioner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Checks that events arrive in the partitions that their keys belong to. If a customer's events come from producers
 * with different partitioners, the customer has two states in two partitions, each with only half of the events. Segue
 * cannot merge the halves; it counts such events, warns, and reports them in its health, or sends each of them to the
 * right partition. Safe for several threads.
 */
public final class Placement {
    /** Header of records that are sent to every partition, such as an erasure. */
    public static final String EVERY_PARTITION = DeadLetter.OURS + "every-partition";

    /** The shortest time between two warnings. */
    static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** How long the health check keeps reporting the latest misplaced event. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Partitioner partitioner;
    private final LongSupplier nanoTime;
    private final Consumer<String> warn;
    private final Counter misplaced;
    private volatile int partitions;

    /** Misplaced events since the start, and how many of them match the other partitioner. */
    private long total;

    private long elsewhere;
    private long reported;
    private long latest;
    private long warned;

    /**
     * @param nanoTime a clock for durations, in nanoseconds from any origin
     * @param warn receives one sentence, at most once a minute, without customer data
     */
    public Placement(MeterRegistry meters, Partitioner partitioner, LongSupplier nanoTime, Consumer<String> warn) {
        this.partitioner = partitioner;
        this.nanoTime = nanoTime;
        this.warn = warn;
        misplaced = Counter.builder("segue.events.misplaced")
                .description(
                        "Events in another partition than the one that topics.partitioner computes for their key; they"
                                + " are processed where they arrived, or with 'reroute' in the right one")
                .register(meters);
    }

    /** Sets the number of partitions of the events topic. Nothing is checked before. */
    public void partitions(int count) {
        partitions = count;
    }

    /** The number of partitions of the events topic; 1 before it is known. */
    int partitions() {
        return Math.max(1, partitions);
    }

    /**
     * Compares the partition of a record with the one that its key belongs to.
     *
     * @return whether the record must be sent to that one
     */
    boolean sendsOn(byte[] key, Headers headers, RecordMetadata origin) {
        boolean isMisplaced = isMisplaced(key, headers, origin.partition());
        if (isMisplaced) {
            misplaced.increment();
            if (!partitioner.sendsOn()) {
                note(other().partition(key, partitions) == origin.partition(), origin);
            }
        }
        return isMisplaced && partitioner.sendsOn();
    }

    /** As {@link #sendsOn(byte[], Headers, RecordMetadata)} of a record that has been read before. */
    boolean sentOn(byte[] key, Headers headers, int partition) {
        return partitioner.sendsOn() && isMisplaced(key, headers, partition);
    }

    private boolean isMisplaced(byte[] key, Headers headers, int partition) {
        int count = partitions;
        return count > 0
                && partition < count
                && partitioner.partition(key, count) != partition
                && headers.lastHeader(EVERY_PARTITION) == null;
    }

    private synchronized void note(boolean fitsOther, RecordMetadata origin) {
        long now = nanoTime.getAsLong();
        boolean silent = total > 0 && now - warned < BETWEEN_WARNINGS.toNanos();
        total++;
        elsewhere += fitsOther ? 1 : 0;
        latest = now;
        if (!silent) {
            warned = now;
            warn.accept(events(total - reported)
                    + " arrived in a partition that their key does not belong to, the latest"
                    + " at offset " + origin.offset() + " of " + origin.topic() + "-" + origin.partition() + ". "
                    + remedy());
            reported = total;
        }
    }

    /** Returns one sentence for the operator, or null if all events of the last minutes were in the right partition. */
    public synchronized @Nullable String trouble() {
        if (total == 0 || nanoTime.getAsLong() - latest >= REMEMBERED.toNanos()) {
            return null;
        }
        return events(total) + " since the start arrived in a partition that their key does not belong to. " + remedy();
    }

    private static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }

    private String remedy() {
        String found = total == elsewhere
                ? "All of them match " + other().label() + ". "
                : elsewhere + " of them match " + other().label() + ". ";
        return "Under topics.partitioner: " + partitioner.label()
                + " their customers may be split into two halves, each evaluated with half of the events. " + found
                + "Use one partitioner in all producers; docs/connect.md lists the setting of each client";
    }

    private Partitioner other() {
        return partitioner == Partitioner.CRC32 ? Partitioner.MURMUR2 : Partitioner.CRC32;
    }
}
