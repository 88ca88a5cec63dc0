// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.definition.DefinitionSet;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.serde.output.DefinitionRecord;
import dev.segue.serde.output.DefinitionRecordCodec;
import dev.segue.serde.registry.SchemaRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topic of published definitions. */
public final class DefinitionTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Several instances that start together publish one after the other. */
    private static final int ATTEMPTS = 20;

    private final Settings settings;
    private final TopicPartition partition;
    private final DefinitionRecordCodec codec;

    public DefinitionTopic(Settings settings, SchemaRegistry registry) {
        String topic = settings.topics().names().definitions();
        this.settings = settings;
        this.partition = new TopicPartition(topic, 0);
        this.codec = new DefinitionRecordCodec(registry, topic);
    }

    String name() {
        return partition.topic();
    }

    /**
     * Reads everything that has been published.
     *
     * @throws KafkaException if the topic cannot be read
     */
    public DefinitionLog read() {
        DefinitionLog log = new DefinitionLog(codec);
        Map<String, Object> properties = StreamsProperties.reader(settings);
        // A consumer closes only after its last fetch, which would wait half a second for records that do not come.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        try (KafkaConsumer<String, byte[]> consumer = consumer(properties)) {
            long end = end(consumer);
            while (consumer.position(partition) < end) {
                poll(consumer, log);
            }
        }
        return log;
    }

    /** Returns a consumer at the beginning of the topic, for reading on and on. */
    KafkaConsumer<String, byte[]> consumer() {
        return consumer(StreamsProperties.reader(settings));
    }

    private KafkaConsumer<String, byte[]> consumer(Map<String, Object> properties) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    private long end(KafkaConsumer<String, byte[]> consumer) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        return ends.getOrDefault(partition, 0L);
    }

    /** Returns what tells whether the topic is another one than before. */
    TopicIdentity identity() {
        return new TopicIdentity(settings, partition.topic());
    }

    /** Adds what has arrived to a log; returns whether there was anything. */
    boolean poll(KafkaConsumer<String, byte[]> consumer, DefinitionLog log) {
        boolean any = false;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            log.add(record.key() == null ? "" : record.key(), record.value());
            any = true;
        }
        return any;
    }

    /** Returns whether nothing is left to read, as far as the consumer knows. */
    boolean isReadToItsEnd(KafkaConsumer<String, byte[]> consumer) {
        return consumer.currentLag(partition).orElse(1) == 0;
    }

    /** Returns a log for {@link #poll}. */
    DefinitionLog newLog() {
        return new DefinitionLog(codec);
    }

    /**
     * Publishes a set in one transaction. Of two publishers at once, the later one reads what the earlier one has
     * published before it decides.
     *
     * @param next returns the set to publish after those that have been; empty to publish none
     * @return the published set, if there is one
     * @throws KafkaException if the topic cannot be written
     */
    public Optional<DefinitionSet> publish(Function<DefinitionLog, Optional<DefinitionSet>> next) {
        @Nullable DefinitionSet sent = null;
        for (int attempt = 1; ; attempt++) {
            try (KafkaProducer<String, byte[]> producer = producer()) {
                // Ends the transaction of an earlier publisher, or makes it fail.
                producer.initTransactions();
                DefinitionLog log = read();
                if (sent != null && isPublished(sent, log)) {
                    return Optional.of(sent);
                }
                sent = next.apply(log).orElse(null);
                if (sent != null) {
                    send(producer, sent, log);
                }
                return Optional.ofNullable(sent);
            } catch (ProducerFencedException | InvalidProducerEpochException overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            } catch (KafkaException failure) {
                // If a broker fails in the middle of a commit, only the topic shows whether it was one.
                boolean isUnknown = sent != null && !(failure instanceof ApiException);
                if (!isUnknown || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** Instants are published in milliseconds. */
    private static boolean isPublished(DefinitionSet sent, DefinitionLog log) {
        return log.sets()
                .revision(sent.revision())
                .filter(set -> set.means(sent)
                        && set.by().equals(sent.by())
                        && set.at().toEpochMilli() == sent.at().toEpochMilli())
                .isPresent();
    }

    private void send(KafkaProducer<String, byte[]> producer, DefinitionSet set, DefinitionLog log) {
        Set<String> known = new HashSet<>();
        log.sets().sets().forEach(each -> each.sources().forEach(source -> known.add(source.id())));
        producer.beginTransaction();
        for (DefinitionRecord record : DefinitionRecord.of(set)) {
            if (!known.contains(record.key())) {
                var unused =
                        producer.send(new ProducerRecord<>(partition.topic(), 0, record.key(), codec.encode(record)));
            }
        }
        producer.commitTransaction();
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                StreamsProperties.writer(settings, settings.applicationId() + "-definitions"),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
