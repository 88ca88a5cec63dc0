// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.topology.PastLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the retained events with consumers of their own. They know the processor's group only to ask what it has
 * committed; they neither join it nor commit anything.
 */
public final class PastEvents implements PastLog {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int RECORDS_A_POLL = 2_000;

    private final Settings settings;

    public PastEvents(Settings settings) {
        this.settings = settings;
    }

    /** Returns one thread, which ends by itself when it has had nothing to do for a while. */
    public static Executor background() {
        ThreadPoolExecutor background =
                new ThreadPoolExecutor(1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "segue-past");
                    thread.setDaemon(true);
                    return thread;
                });
        background.allowCoreThreadTimeOut(true);
        return background;
    }

    @Override
    public Partition open(int partition) {
        Map<String, Object> config = new HashMap<>(StreamsProperties.reader(settings));
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.applicationId());
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(POLL.toMillis()));
        TopicPartition events = new TopicPartition(settings.topics().names().behaviorEvents(), partition);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            OffsetAndMetadata committed = consumer.committed(Set.of(events)).get(events);
            consumer.assign(List.of(events));
            consumer.seekToBeginning(List.of(events));
            boolean isShortened = consumer.position(events) > 0;
            return new Pass(consumer, events, committed == null ? 0 : committed.offset(), isShortened);
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    @Override
    public Overflow overflow(int partition) {
        return DiskOverflow.open(settings.processing()
                .stateDirectory()
                .resolve(settings.applicationId() + "-past")
                .resolve(Integer.toString(partition)));
    }

    private record Pass(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition events,
            long committed,
            boolean isShortened,
            Deque<ConsumerRecord<byte[], byte[]>> fetched)
            implements Partition {
        Pass(KafkaConsumer<byte[], byte[]> consumer, TopicPartition events, long committed, boolean isShortened) {
            this(consumer, events, committed, isShortened, new ArrayDeque<>());
        }

        @Override
        public long position() {
            return fetched.isEmpty()
                    ? consumer.position(events)
                    : fetched.getFirst().offset();
        }

        @Override
        public long end() {
            return consumer.position(events) + consumer.currentLag(events).orElse(0);
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> read(long upTo) {
            if (fetched.isEmpty()) {
                fetched.addAll(consumer.poll(POLL).records(events));
            }
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (!fetched.isEmpty() && fetched.getFirst().offset() <= upTo) {
                records.add(fetched.removeFirst());
            }
            return records;
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
