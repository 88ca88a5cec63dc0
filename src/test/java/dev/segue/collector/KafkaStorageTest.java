// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Partitioner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the producer throws, nothing stays pending. */
class KafkaStorageTest {
    private final Failing producer = new Failing();
    private final KafkaStorage storage = new KafkaStorage(producer, Partitioner.MURMUR2, 10_000, () -> 0);

    /** Throws what it is told, as it is. */
    private static final class Failing extends MockProducer<String, byte[]> {
        private @Nullable RuntimeException thrown;

        Failing() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<String, byte[]> sent, @Nullable Callback callback) {
            if (thrown != null) {
                throw thrown;
            }
            return super.send(sent, callback);
        }
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private CompletableFuture<Void> store() {
        StoredRecord record = new StoredRecord("events", "ann", new byte[400], 0, new RecordHeaders());
        return storage.store(List.of(record, record));
    }

    @Test
    void bugFailsRequestAndLeavesNothingPending() {
        IllegalStateException bug = new IllegalStateException("a bug");
        producer.thrown = bug;
        assertThat(store().handle((done, failure) -> failure).join()).isSameAs(bug);
        assertThat(storage.pending()).isZero();
        producer.thrown = null;
        assertThat(store()).isCompleted();
        assertThat(storage.pending()).isZero();
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void failureOfKafkaAsksToSendAgain() {
        producer.thrown = new KafkaException("away");
        CompletableFuture<Void> refused = store();
        assertThat(refused.handle((done, failure) -> failure).join())
                .isInstanceOfSatisfying(
                        RefusedRequest.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo("kafka"));
        assertThat(storage.pending()).isZero();
    }
}
