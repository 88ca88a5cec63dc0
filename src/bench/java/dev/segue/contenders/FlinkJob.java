// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the contenders on Flink share: Flink in this JVM (a MiniCluster of one slot), where events come from, and where
 * changes go. The checkpoint interval is Segue's commit interval, and the sink is transactional.
 */
final class FlinkJob {
    static final TypeInformation<Tuple2<String, byte[]>> KEY_AND_BYTES =
            Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final Duration IDLE = Duration.ofSeconds(1);

    private FlinkJob() {}

    static StreamExecutionEnvironment environment(Job job) throws IOException {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration(job));
        environment.setParallelism(1);
        environment.enableCheckpointing(job.commitMillis(), CheckpointingMode.EXACTLY_ONCE);
        return environment;
    }

    /** Keys and values, by customer. */
    static KeyedStream<Tuple2<String, byte[]>, String> events(StreamExecutionEnvironment environment, Job job) {
        return environment
                .fromSource(source(job), watermarks(job), "events", KEY_AND_BYTES)
                .keyBy(event -> event.f0, Types.STRING);
    }

    /**
     * Who knows of a silent partition says so, or its watermark holds up all others. In a backlog that has a price: a partition
     * that is not read for a second is taken for silent, too.
     */
    private static WatermarkStrategy<Tuple2<String, byte[]>> watermarks(Job job) {
        WatermarkStrategy<Tuple2<String, byte[]>> monotonous = WatermarkStrategy.forMonotonousTimestamps();
        return job.is("idle.partition") ? monotonous.withIdleness(IDLE) : monotonous;
    }

    /** Begins and returns. */
    static void run(StreamExecutionEnvironment environment, Job job) throws Exception {
        var unused = environment
                .executeAsync(job.applicationId())
                .getJobExecutionResult()
                .whenComplete((result, failure) -> end(failure));
    }

    /** A topic has no end: whoever ends has failed, and is told as failed. */
    private static void end(@Nullable Throwable failure) {
        System.out.println("the job has ended");
        if (failure != null) {
            failure.printStackTrace(System.out);
        }
        System.out.flush();
        Runtime.getRuntime().halt(1);
    }

    private static Configuration configuration(Job job) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, job.get("backend"));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        Path checkpoints = Files.createDirectories(job.directory().resolve("checkpoints"));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        latest(checkpoints)
                .ifPresent(checkpoint -> configuration.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString()));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CoreOptions.TMP_DIRS, job.directory().toString());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        return configuration;
    }

    /** The checkpoint with which one that was killed goes on. */
    private static Optional<Path> latest(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }

    private static KafkaSource<Tuple2<String, byte[]>> source(Job job) {
        return KafkaSource.<Tuple2<String, byte[]>>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setTopics(job.events())
                .setGroupId(job.applicationId())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new KeyAndBytes())
                .build();
    }

    /** Changes under their customers. */
    static KafkaSink<Tuple2<String, byte[]>> sink(Job job) {
        String topic = job.changes();
        KafkaRecordSerializationSchema<Tuple2<String, byte[]>> serializer = (change, context, timestamp) ->
                new ProducerRecord<>(topic, null, timestamp, change.f0.getBytes(StandardCharsets.UTF_8), change.f1);
        Properties properties = new Properties();
        properties.put("transaction.timeout.ms", "600000");
        properties.put("linger.ms", "5");
        return KafkaSink.<Tuple2<String, byte[]>>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(serializer)
                .setDeliveryGuarantee(
                        job.exactlyOnce() ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
                .setTransactionalIdPrefix(job.applicationId())
                .build();
    }

    private static final class KeyAndBytes implements KafkaRecordDeserializationSchema<Tuple2<String, byte[]>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<String, byte[]>> out) {
            out.collect(Tuple2.of(new String(record.key(), StandardCharsets.UTF_8), record.value()));
        }

        @Override
        public TypeInformation<Tuple2<String, byte[]>> getProducedType() {
            return KEY_AND_BYTES;
        }
    }
}
