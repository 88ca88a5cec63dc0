// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import dev.segue.runtime.cluster.Failures;
import dev.segue.serde.registry.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows several topics with one thread. Goes on where it was after the broker or the registry was away; begins a topic again
 * if it was deleted and created anew.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Map<String, TopicProgress> topics;
    private final Runnable caughtUp;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "segue-console-index");
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable String trouble;
    private volatile @Nullable Long answered;
    private long looked;

    /**
     * @param consumers opens a consumer without a group that fails where it has no offset
     * @param caughtUp called after records were taken, when none is at hand
     * @param nanos a clock in nanoseconds
     */
    TopicFollower(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Map<String, TopicProgress> topics,
            Runnable caughtUp,
            LongSupplier nanos) {
        this.consumers = consumers;
        this.topics = topics;
        this.caughtUp = caughtUp;
        this.nanos = nanos;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why the cluster cannot be read; null if it can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Returns the time since the cluster last answered; null if it never has. */
    @Nullable
    Duration age() {
        Long at = answered;
        return at == null ? null : Duration.ofNanos(nanos.getAsLong() - at);
    }

    private void follow() {
        while (!isClosed(Duration.ZERO)) {
            try (Consumer<byte[], byte[]> opened = consumers.get()) {
                consumer = opened;
                looked = nanos.getAsLong() - LOOK.toNanos();
                while (!isClosed(Duration.ZERO)) {
                    step(opened);
                }
            } catch (WakeupException stop) {
                return;
            } catch (InvalidOffsetException another) {
                another.partitions().forEach(partition -> begin(partition.topic()));
            } catch (KafkaException | RegistryException away) {
                failed(Failures.sentence(away), away);
            } catch (RuntimeException unexpected) {
                // Without this thread, pages would show the same for ever.
                LOG.error("the console cannot read the cluster; reads it again", unexpected);
                failed("an unexpected failure, which is in the log: " + unexpected, unexpected);
            }
        }
    }

    private void failed(String sentence, Exception failure) {
        LOG.debug("the console reads again", failure);
        trouble = sentence;
        boolean unused = isClosed(PAUSE);
    }

    private void begin(String topic) {
        LOG.info("topic {} has been replaced; the console reads it from the beginning", topic);
        TopicProgress progress = topics.get(topic);
        if (progress != null) {
            progress.clear();
        }
    }

    private void step(Consumer<byte[], byte[]> opened) {
        if (nanos.getAsLong() - looked >= LOOK.toNanos()) {
            looked = nanos.getAsLong();
            find(opened);
            look(opened);
        }
        if (opened.assignment().isEmpty()) {
            boolean unused = isClosed(POLL);
            return;
        }
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
            TopicProgress progress = topics.get(record.topic());
            if (progress != null) {
                progress.take(record);
            }
            any = true;
        }
        if (!any) {
            caughtUp.run();
        }
    }

    /** Assigns the partitions of topics that the consumer does not read yet. */
    private void find(Consumer<byte[], byte[]> opened) {
        Set<TopicPartition> assigned = opened.assignment();
        List<TopicPartition> found = new ArrayList<>();
        for (TopicProgress progress : topics.values()) {
            if (assigned.stream().noneMatch(known -> known.topic().equals(progress.topic()))) {
                List<PartitionInfo> partitions = opened.partitionsFor(progress.topic(), ANSWER);
                if (partitions != null) {
                    partitions.forEach(known -> found.add(new TopicPartition(known.topic(), known.partition())));
                }
            }
        }
        if (!found.isEmpty()) {
            List<TopicPartition> all = new ArrayList<>(assigned);
            all.addAll(found);
            opened.assign(all);
            seek(opened, found);
        }
    }

    private void seek(Consumer<byte[], byte[]> opened, List<TopicPartition> found) {
        Map<TopicPartition, Long> starts = opened.beginningOffsets(found, ANSWER);
        Map<TopicPartition, Long> ends = opened.endOffsets(found, ANSWER);
        for (TopicPartition partition : found) {
            TopicProgress progress = topics.get(partition.topic());
            if (progress == null) {
                continue;
            }
            long start = starts.getOrDefault(partition, 0L);
            Long tail = progress.records().tail();
            Long known = progress.next().get(partition);
            long fresh = tail == null ? start : Math.max(start, ends.getOrDefault(partition, start) - tail);
            long from = known == null ? fresh : known;
            progress.found(Map.of(partition, ends.getOrDefault(partition, from)));
            opened.seek(partition, from);
            progress.next().put(partition, from);
        }
    }

    /** Asks the cluster how far the topics reach, which also shows whether it is there. */
    private void look(Consumer<byte[], byte[]> opened) {
        Map<TopicPartition, Long> ends = opened.endOffsets(opened.assignment(), ANSWER);
        Map<String, Long> behind = new HashMap<>();
        ends.forEach((partition, end) ->
                behind.merge(partition.topic(), Math.max(0, end - opened.position(partition, ANSWER)), Long::sum));
        behind.forEach((topic, records) -> {
            TopicProgress progress = topics.get(topic);
            if (progress != null) {
                progress.looked(records);
            }
        });
        answered = nanos.getAsLong();
        trouble = null;
    }

    private boolean isClosed(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Consumer<byte[], byte[]> known = consumer;
        if (known != null) {
            known.wakeup();
        }
        try {
            thread.join(ANSWER.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
