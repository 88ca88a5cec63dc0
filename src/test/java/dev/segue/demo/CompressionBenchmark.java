// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import com.sun.management.OperatingSystemMXBean;
import dev.segue.config.SegmentSettings;
import dev.segue.demo.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the compression of outputs costs. The records that the processor wrote in a run of the demo, states included, are
 * written again, commit by commit, once for each way to compress them, in turns. Prints the CPU time of producer and
 * broker, which share the process, and the bytes of the broker's log.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
public class CompressionBenchmark {
    private static final String STATES = "segue-demo-customers-changelog";
    private static final List<String> OUTPUTS = List.of("segment-changes", "segment-memberships", "customer-profiles");
    private static final Duration DEMO = Duration.ofSeconds(25);
    private static final int PARTITIONS = 4;

    private static final List<Variant> VARIANTS = List.of(
            new Variant("zstd", "producer", 1),
            new Variant("zstd", "gzip", 1),
            new Variant("zstd", "gzip", 6),
            new Variant("zstd", "uncompressed", 1),
            new Variant("gzip", "producer", 1),
            new Variant("gzip", "producer", 6),
            new Variant("lz4", "producer", 1),
            new Variant("none", "producer", 1));

    private final Map<Variant, List<Double>> micros = new TreeMap<>(Comparator.comparing(Variant::toString));
    private final Map<Variant, String> sizes = new TreeMap<>(Comparator.comparing(Variant::toString));
    private Path directory = Path.of("");
    private EmbeddedBroker broker;
    private Admin admin;
    private List<List<ProducerRecord<byte[], byte[]>>> commits = List.of();
    private int records;
    private int round;

    /**
     * @param producer the producer's compression, which holds for states, too
     * @param outputs the compression of the output topics, to which the broker converts
     * @param level of either, for gzip
     */
    private record Variant(String producer, String outputs, int level) {
        String topic(String name, int round) {
            return producer + "-" + outputs + "-" + level + "-" + round + "-" + name;
        }
    }

    @Setup
    public void record() throws Exception {
        directory = Files.createTempDirectory("compression");
        DemoSettings demo = new DemoSettings(
                DEMO,
                DemoSettings.USUAL_SPEED,
                1L,
                directory,
                0,
                0,
                0,
                0,
                Path.of("schemas"),
                Path.of("mappings", "segment.yaml"),
                SegmentSettings.in(Path.of("segments")),
                100,
                false);
        new Demo(demo, new PrintWriter(Writer.nullWriter())).run();
        broker = EmbeddedBroker.start(0, directory.resolve("broker"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        commits = commits();
        records = commits.stream().mapToInt(List::size).sum();
        System.out.printf("%n%d records of %d commits%n", records, commits.size());
    }

    /** The ends of transactions take an offset each, so that a commit's records are those without a gap. */
    private List<List<ProducerRecord<byte[], byte[]>>> commits() {
        List<List<ProducerRecord<byte[], byte[]>>> found = new ArrayList<>();
        List<String> topics = new ArrayList<>(OUTPUTS);
        topics.add(STATES);
        for (String topic : topics) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                addCommits(new TopicPartition(topic, partition), found);
            }
        }
        return found;
    }

    private void addCommits(TopicPartition partition, List<List<ProducerRecord<byte[], byte[]>>> found) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long next = -1;
            int commit = -1;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(Duration.ofSeconds(1))) {
                    commit += polled.offset() == next ? 0 : 1;
                    next = polled.offset() + 1;
                    while (found.size() <= commit) {
                        found.add(new ArrayList<>());
                    }
                    found.get(commit)
                            .add(new ProducerRecord<>(
                                    partition.topic(), partition.partition(), polled.key(), polled.value()));
                }
            }
        }
    }

    @Benchmark
    public void everyVariant() throws Exception {
        round++;
        for (Variant variant : VARIANTS) {
            double micros = write(variant);
            this.micros.computeIfAbsent(variant, first -> new ArrayList<>()).add(micros);
            System.out.printf("%s: %.2f us a record%n", variant, micros);
        }
    }

    private double write(Variant variant) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        OUTPUTS.forEach(name -> topics.add(new NewTopic(variant.topic(name, round), PARTITIONS, (short) 1)
                .configs(Map.of(
                        "compression.type",
                        variant.outputs(),
                        "compression.gzip.level",
                        Integer.toString(variant.level())))));
        topics.add(new NewTopic(variant.topic(STATES, round), PARTITIONS, (short) 1));
        admin.createTopics(topics).all().get();
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                variant.producer(),
                "compression.zstd.level",
                1,
                "compression.gzip.level",
                variant.level(),
                "batch.size",
                128 * 1024,
                "linger.ms",
                5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.forEach(topic -> producer.partitionsFor(topic.name()));
            long before = cpuNanos();
            for (List<ProducerRecord<byte[], byte[]>> commit : commits) {
                for (ProducerRecord<byte[], byte[]> record : commit) {
                    var unused = producer.send(new ProducerRecord<>(
                            variant.topic(record.topic(), round), record.partition(), record.key(), record.value()));
                }
                producer.flush();
            }
            double micros = (cpuNanos() - before) / 1e3 / records;
            sizes.put(
                    variant,
                    "outputs %d bytes, states %d"
                            .formatted(
                                    OUTPUTS.stream()
                                            .mapToLong(name -> bytes(variant.topic(name, round)))
                                            .sum(),
                                    bytes(variant.topic(STATES, round))));
            return micros;
        }
    }

    private long bytes(String topic) {
        try {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                    .flatMap(directories -> directories.values().stream())
                    .flatMap(described -> described.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(topic))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    @TearDown
    public void print() throws Exception {
        micros.forEach((variant, all) -> {
            List<Double> measured = all.subList(3, all.size()).stream().sorted().toList();
            System.out.printf(
                    "%s: %.2f us a record (%.2f-%.2f), %s%n",
                    variant,
                    measured.get(measured.size() / 2),
                    measured.get(0),
                    measured.get(measured.size() - 1),
                    sizes.get(variant));
        });
        admin.close();
        broker.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
