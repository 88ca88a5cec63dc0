// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DeliverySettings;
import dev.segue.config.DeliveryTarget.Template;
import dev.segue.config.DeliveryTarget.Webhook;
import dev.segue.config.EndpointSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.SendRate;
import dev.segue.config.Settings;
import dev.segue.config.SourceWord;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.runtime.cluster.Topics;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A topic of decisions on a broker, to which a test writes, and instances that deliver. */
public final class DeliveryStage implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    public final Settings settings;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    private final TriggerDecisionCodec codec;
    private final KafkaProducer<String, byte[]> producer;
    private final Admin admin;
    private final List<Delivery> running = new ArrayList<>();

    /**
     * @param name prefix of the topics
     * @param retries pauses between attempts
     */
    public DeliveryStage(
            String bootstrapServers, String name, Path directory, List<Duration> retries, EndpointSettings... endpoints)
            throws Exception {
        settings = Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(bootstrapServers)
                .withPlaces(
                        Path.of("schemas"),
                        SegmentSettings.in(directory.resolve("segments")),
                        directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed(name + "."), 3, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withDelivery(DeliverySettings.defaults().withRetries(retries).withEndpoints(Arrays.asList(endpoints)));
        admin = Admin.create(StreamsProperties.administration(settings));
        new Topics(admin, settings).createOrCheck();
        await("the topic of decisions is listed", this::isThere);
        LetterTopic.createOrCheck(settings);
        codec = new TriggerDecisionCodec(
                new DirectorySchemaRegistry(settings.registryDirectory()),
                settings.topics().names().activations());
        producer = new KafkaProducer<>(
                StreamsProperties.idempotentWriter(settings, Map.of()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private boolean isThere() throws InterruptedException {
        try {
            return !admin.describeTopics(List.of(settings.topics().names().activations()))
                    .allTopicNames()
                    .get()
                    .isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    /** An endpoint on this machine that takes what is sent by e-mail. */
    public static EndpointSettings endpoint(String name, URI url) {
        return endpoint(name, url, Set.of(TriggerDecision.Kind.SEND));
    }

    public static EndpointSettings endpoint(String name, URI url, Set<TriggerDecision.Kind> kinds) {
        return new EndpointSettings(
                name,
                Set.of("email"),
                kinds,
                new SendRate(100_000, Duration.ofSeconds(1)),
                16,
                Duration.ofMillis(700),
                true,
                EndpointSettings.Start.EARLIEST,
                new Webhook(url, List.of(), Map.of(), standard(), null, false));
    }

    static Template standard() {
        return new Template(new SourceWord("standard", "", 1, 1, ""), false);
    }

    /** An instance that runs until the stage or the test closes it. */
    public Delivery start() throws Exception {
        return start(InstantSource.system());
    }

    public Delivery start(InstantSource clock) throws Exception {
        Delivery delivery = Delivery.open(settings, clock, meters);
        running.add(delivery);
        return delivery;
    }

    /** Writes a decision; returns its place. */
    public long decide(Decisions decision) throws Exception {
        return producer.send(new ProducerRecord<>(
                        settings.topics().names().activations(),
                        decision.customer(),
                        codec.encode(decision.decision())))
                .get()
                .offset();
    }

    /** Writes decisions without waiting for each. */
    public void decideAll(List<Decisions> decisions) {
        for (Decisions decision : decisions) {
            var unused = producer.send(new ProducerRecord<>(
                    settings.topics().names().activations(), decision.customer(), codec.encode(decision.decision())));
        }
        producer.flush();
    }

    /** Writes what is not a decision. */
    public void write(String customer, byte @Nullable [] value) throws Exception {
        var unused = producer.send(
                        new ProducerRecord<>(settings.topics().names().activations(), customer, value))
                .get();
    }

    /** True once everything written is dealt with or stored, and that is committed. */
    public boolean isAllCommitted(String endpoint) throws Exception {
        var committed = admin.listConsumerGroupOffsets(EndpointSession.group(settings, endpoint))
                .partitionsToOffsetAndMetadata()
                .get();
        try (LetterReader reader =
                new LetterReader(settings, settings.topics().names().activations())) {
            for (int partition : reader.partitions()) {
                TopicPartition one =
                        new TopicPartition(settings.topics().names().activations(), partition);
                long end = admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                        .partitionResult(one)
                        .get()
                        .offset();
                if (committed.get(one) == null || committed.get(one).offset() < end) {
                    return false;
                }
            }
            return true;
        }
    }

    public List<LetterDesk.Shown> letters() {
        return new LetterDesk(settings).read(null).letters();
    }

    public double count(String endpoint, DeliveryMeters.Outcome outcome) {
        return meters.get("segue.delivery.letters")
                .tag("endpoint", endpoint)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }

    public static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        running.forEach(Delivery::close);
        producer.close();
        admin.close();
    }
}
