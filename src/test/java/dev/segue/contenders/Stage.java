// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.fault.BrokerProcess;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker as a process of its own, and the topics that contenders read. */
final class Stage implements AutoCloseable {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final Path directory;
    private final Workload workload;
    private final EventSchemas schemas;
    private final Child broker;
    private final Admin admin;
    private final String bootstrapServers;

    Stage(Path directory, Workload workload, EventSchemas schemas) throws Exception {
        this.directory = directory;
        this.workload = workload;
        this.schemas = schemas;
        int port = freePort();
        bootstrapServers = "127.0.0.1:" + port;
        broker = new Child(
                directory.resolve("broker.log"),
                List.of("-Xmx768m"),
                Child.classPath(),
                BrokerProcess.class,
                Integer.toString(port),
                Integer.toString(port),
                directory.resolve("broker").toString(),
                // Otherwise the size of a changelog would depend on the progress of the log cleaner.
                "log.cleaner.min.compaction.lag.ms=" + Long.MAX_VALUE);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!broker.said().contains(BrokerProcess.UP)) {
            broker.requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the broker did not come up: " + broker.said());
            }
            Thread.sleep(50);
        }
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Path registry() {
        return directory.resolve("registry");
    }

    Path directory() {
        return directory;
    }

    int partitions() {
        return workload.partitions();
    }

    boolean hasIdlePartition() {
        return workload.trouble().idlePartition();
    }

    /** Creates a topic that keeps all records, whatever their age. */
    void create(String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(workload.partitions()), Optional.empty())
                        .configs(Map.of("retention.ms", "-1", "cleanup.policy", "delete"))))
                .all()
                .get();
    }

    /** Returns a sender to a topic. */
    EventSender sender(String topic, int lingerMillis) {
        return new EventSender(
                producer(lingerMillis), topic, new EventEncoder(schemas, new DirectorySchemaRegistry(registry())));
    }

    KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "compression.type",
                        "lz4",
                        "batch.size",
                        1 << 17,
                        "linger.ms",
                        lingerMillis,
                        // With several, batches for a new topic may arrive out of order.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The number of records of a topic that a group has processed. */
    long committed(String group, String topic) throws ExecutionException, InterruptedException {
        return sum(committedByPartition(group, topic));
    }

    /** The number of records that a group has processed, by partition; lacks partitions without a commit. */
    Map<Integer, Long> committedByPartition(String group, String topic)
            throws ExecutionException, InterruptedException {
        Map<Integer, Long> committed = new HashMap<>();
        for (var partition : admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()) {
            if (partition.getKey().topic().equals(topic) && partition.getValue() != null) {
                committed.put(
                        partition.getKey().partition(), partition.getValue().offset());
            }
        }
        return committed;
    }

    static long sum(Map<?, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The total size of the topics with this prefix and suffix, in bytes; -1 if there are none. */
    long bytes(String prefix, String suffix) throws ExecutionException, InterruptedException {
        Collection<Integer> nodes =
                List.of(admin.describeCluster().nodes().get().iterator().next().id());
        long bytes = 0;
        boolean any = false;
        for (Map<String, LogDirDescription> disks :
                admin.describeLogDirs(nodes).allDescriptions().get().values()) {
            for (LogDirDescription disk : disks.values()) {
                for (var replica : disk.replicaInfos().entrySet()) {
                    String topic = replica.getKey().topic();
                    if (topic.startsWith(prefix) && topic.endsWith(suffix)) {
                        bytes += replica.getValue().size();
                        any = true;
                    }
                }
            }
        }
        return any ? bytes : -1;
    }

    /** The number of records in a topic. */
    long end(String topic) {
        return sum(ends(List.of(topic)));
    }

    /** The ends of topics as a read_committed reader sees them. */
    Map<TopicPartition, Long> ends(List<String> topics) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < workload.partitions(); partition++) {
                latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Frees space: no run needs the output of an earlier one. */
    void deleteTopics(String prefix) throws ExecutionException, InterruptedException {
        List<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(prefix))
                .toList();
        admin.deleteTopics(topics).all().get();
    }

    void requireAlive() {
        broker.requireAlive();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
