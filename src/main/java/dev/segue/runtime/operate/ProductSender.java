// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.event.ProductFacts;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.serde.output.ProductFactsEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends facts of products to the topic from which the processor learns them. */
public final class ProductSender {
    private static final long PATIENCE_SECONDS = 60;

    private ProductSender() {}

    /**
     * Sends facts in their order, and waits until the cluster has all of them; facts whose fields are all unset withdraw
     * their product. Facts may be sent again.
     *
     * @param facts their instants do not matter: facts count from when the processor reads them
     * @return how many were sent
     * @throws CannotStart if the cluster cannot be used, or did not take all of them
     */
    public static long send(Settings settings, Iterable<ProductFacts> facts) {
        String topic = settings.topics().names().productFacts();
        ClusterDoor.requireTopic(settings, topic);
        ProductFactsEncoder encoder = new ProductFactsEncoder(Registries.of(settings), topic);
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        long sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                StreamsProperties.idempotentWriter(settings, new HashMap<>()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ProductFacts next : facts) {
                byte[] key = next.productId().getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(
                        new ProducerRecord<>(topic, key, encoder.encode(next)),
                        (metadata, failure) -> failed.compareAndSet(null, failure));
                sent++;
            }
            producer.flush();
        } catch (KafkaException failure) {
            throw Failures.atStart(failure, settings.bootstrapServers(), PATIENCE_SECONDS);
        }
        Exception failure = failed.get();
        if (failure != null) {
            throw new CannotStart("The topic " + topic + " did not take all facts of products: " + failure.getMessage()
                    + ". Send them again.");
        }
        return sent;
    }
}
