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
 * Whether events lie in the partitions that their keys belong to. A customer whose events come through producers with
 * different partitioners has two states, in two partitions, and neither knows the other's events. Segue cannot put the
 * halves together; it counts such events, warns, and says so in its health. Safe for several threads.
 */
public final class Placement {
    /** In records that are meant for every partition, such as an erasure. */
    public static final String EVERY_PARTITION = DeadLetter.OURS + "every-partition";

    /** The shortest time between two warnings. */
    static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** So long after the latest event in a wrong partition there is still trouble. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Partitioner partitioner;
    private final LongSupplier nanoTime;
    private final Consumer<String> warn;
    private final Counter misplaced;
    private volatile int partitions;

    /** Since the start, and how many of them lie where the other partitioner puts them. */
    private long total;

    private long elsewhere;
    private long toldTotal;
    private long latest;
    private long warned;

    /**
     * @param nanoTime a clock for spans, in nanoseconds from any origin
     * @param warn gets one sentence, at most once a minute; it holds nothing of customers
     */
    public Placement(MeterRegistry meters, Partitioner partitioner, LongSupplier nanoTime, Consumer<String> warn) {
        this.partitioner = partitioner;
        this.nanoTime = nanoTime;
        this.warn = warn;
        misplaced = Counter.builder("segue.events.misplaced")
                .description("Events in another partition than topics.partitioner puts their key in; they are counted"
                        + " where they came")
                .register(meters);
    }

    /** How many partitions the events topic has. Before this is known, nothing is looked at. */
    public void partitions(int count) {
        partitions = count;
    }

    /** Looks where an event came. */
    void look(byte[] key, Headers headers, RecordMetadata origin) {
        int count = partitions;
        boolean known = count > 0 && origin.partition() < count;
        if (known
                && partitioner.partition(key, count) != origin.partition()
                && headers.lastHeader(EVERY_PARTITION) == null) {
            misplaced.increment();
            note(other().partition(key, count) == origin.partition(), origin);
        }
    }

    private synchronized void note(boolean fitsOther, RecordMetadata origin) {
        long now = nanoTime.getAsLong();
        boolean silent = total > 0 && now - warned < BETWEEN_WARNINGS.toNanos();
        total++;
        elsewhere += fitsOther ? 1 : 0;
        latest = now;
        if (!silent) {
            warned = now;
            warn.accept(events(total - toldTotal)
                    + " came in a partition that their key does not belong to, the latest"
                    + " at offset " + origin.offset() + " of " + origin.topic() + "-" + origin.partition() + ". "
                    + remedy());
            toldTotal = total;
        }
    }

    /** What an operator should know, or null where every event of the last minutes lay where it belongs. */
    public synchronized @Nullable String trouble() {
        if (total == 0 || nanoTime.getAsLong() - latest >= REMEMBERED.toNanos()) {
            return null;
        }
        return events(total) + " since the start came in a partition that their key does not belong to. " + remedy();
    }

    private static String events(long count) {
        return count == 1 ? "1 event" : count + " events";
    }

    private String remedy() {
        String found = total == elsewhere
                ? "All of them lie where " + other().label() + " puts them. "
                : elsewhere + " of them lie where " + other().label() + " puts them. ";
        return "Under topics.partitioner: " + partitioner.label()
                + " their customers may be split in two halves, each with half an answer. " + found
                + "Give all producers one partitioner; docs/connect.md has the setting of each client";
    }

    private Partitioner other() {
        return partitioner == Partitioner.MURMUR2 ? Partitioner.CRC32 : Partitioner.MURMUR2;
    }
}
