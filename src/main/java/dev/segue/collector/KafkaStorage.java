// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.config.CollectorSettings;
import dev.segue.config.Partitioner;
import dev.segue.config.Settings;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.StreamsProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to Kafka with an idempotent producer, and counts a record as stored when all in-sync replicas have it. What is
 * not acknowledged yet is bounded: beyond that, and for a moment after Kafka did not answer, records are refused at once.
 */
final class KafkaStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaStorage.class);
    private static final long MEBIBYTE = 1 << 20;

    /** How long a thread may wait for the cluster's metadata. */
    private static final Duration BLOCKS = Duration.ofMillis(500);

    /** Without such a pause, every thread would wait for a cluster that does not answer. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long BETWEEN_WARNINGS_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final Partitioner partitioner;
    private final LongSupplier nanos;
    private final long mostBytes;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong pausedUntil;
    private final AtomicLong warnedAt;

    KafkaStorage(Producer<String, byte[]> producer, Partitioner partitioner, long mostBytes, LongSupplier nanos) {
        this.producer = producer;
        this.partitioner = partitioner;
        this.mostBytes = mostBytes;
        this.nanos = nanos;
        this.pausedUntil = new AtomicLong(nanos.getAsLong());
        this.warnedAt = new AtomicLong(nanos.getAsLong() - BETWEEN_WARNINGS_NANOS);
    }

    /** @param nanos a clock in nanoseconds */
    static KafkaStorage open(Settings settings, LongSupplier nanos) {
        CollectorSettings collector = settings.collector();
        long most = collector.bufferMebibytes() * MEBIBYTE;
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Batches are compressed as they fill; the estimate needs some room above what is admitted.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * most);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKS.toMillis());
        int patience = (int) collector.patience().toMillis();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(500, patience / 2));
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                StreamsProperties.idempotentWriter(settings, properties),
                new StringSerializer(),
                new ByteArraySerializer());
        return new KafkaStorage(producer, settings.topics().partitioner(), most, nanos);
    }

    /** Bytes that Kafka has not acknowledged yet. */
    long pending() {
        return pending.get();
    }

    /** True if Kafka answered recently, or was not needed. */
    boolean isAvailable() {
        return nanos.getAsLong() - pausedUntil.get() >= 0;
    }

    @Override
    public CompletableFuture<Void> store(List<StoredRecord> records) {
        long size = records.stream().mapToLong(StoredRecord::size).sum();
        if (!isAvailable()) {
            return CompletableFuture.failedFuture(RefusedRequest.unavailable("kafka"));
        }
        if (pending.addAndGet(size) > mostBytes) {
            pending.addAndGet(-size);
            return CompletableFuture.failedFuture(RefusedRequest.unavailable("buffer-full"));
        }
        Delivery delivery = new Delivery(records.size(), size);
        for (StoredRecord record : records) {
            send(record, delivery);
        }
        delivery.done(1, null);
        return delivery.result;
    }

    private void send(StoredRecord record, Delivery delivery) {
        if (delivery.hasFailed()) {
            delivery.done(1, null);
            return;
        }
        try {
            // The callback handles every failure, so the future is not needed.
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(
                            record.topic(),
                            partition(record),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()),
                    (metadata, failure) -> delivery.done(1, failure));
        } catch (Throwable failure) {
            // Whatever it is, the record must be counted as done: its bytes would stay pending for ever.
            delivery.done(1, failure);
        }
    }

    /** Null leaves the choice to the producer, which uses murmur2 and whose properties the user may set. */
    private @Nullable Integer partition(StoredRecord record) {
        String key = record.key();
        if (partitioner == Partitioner.MURMUR2 || key == null) {
            return null;
        }
        int partitions = producer.partitionsFor(record.topic()).size();
        return partitioner.partition(key.getBytes(StandardCharsets.UTF_8), partitions);
    }

    private void noteFailure(Throwable problem) {
        long now = nanos.getAsLong();
        if (problem instanceof RetriableException) {
            pausedUntil.set(now + PAUSE_NANOS);
        }
        long warned = warnedAt.get();
        if (now - warned >= BETWEEN_WARNINGS_NANOS && warnedAt.compareAndSet(warned, now)) {
            LOG.warn("refuses events, which could not be stored: {}", Failures.sentence(problem));
        }
    }

    /** The records of one request under way. */
    private final class Delivery {
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final AtomicInteger left;
        private final long size;

        Delivery(int records, long size) {
            // One more for the request itself, so that it cannot complete while it is being sent.
            this.left = new AtomicInteger(records + 1);
            this.size = size;
        }

        boolean hasFailed() {
            return failure.get() != null;
        }

        void done(int records, @Nullable Throwable problem) {
            if (problem != null && failure.compareAndSet(null, problem)) {
                noteFailure(problem);
            }
            if (left.addAndGet(-records) == 0) {
                pending.addAndGet(-size);
                Throwable first = failure.get();
                if (first == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(
                            first instanceof KafkaException ? RefusedRequest.unavailable("kafka") : first);
                }
            }
        }
    }

    @Override
    public void close() {
        producer.close(LONGEST_CLOSE);
    }
}
