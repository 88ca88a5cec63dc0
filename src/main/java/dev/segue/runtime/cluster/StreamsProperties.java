// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.ProcessingSettings.Guarantee;
import dev.segue.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Translates settings into Kafka's properties. Properties that the user passes through take precedence. */
public final class StreamsProperties {
    private static final long MEBIBYTE = 1024 * 1024;
    /** How long others wait before they take over from a killed instance. */
    public static final Duration SESSION = Duration.ofSeconds(10);

    private static final int BATCH_BYTES = 128 * 1024;

    private StreamsProperties() {}

    public static Properties of(Settings settings, RocksMemory memory) {
        ProcessingSettings processing = settings.processing();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee(processing.guarantee()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, processing.threads());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, processing.stateDirectory().toString());
        properties.put(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                processing.stores().writeCacheMebibytes() * MEBIBYTE);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, processing.standbyReplicas());
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.topics().replicationFactor());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                processing.commitInterval().toMillis());
        // A backlog is merged by timestamp, so that no tick overtakes events that were there before it; a partition
        // without events does not make others wait.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        // Without input, this interval bounds how often a drain continues and how late a commit may be.
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20L);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The newer protocol ignores standbys that the client requests: in 4.4, these are settings of the broker.
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // 45 s by default.
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int) SESSION.toMillis());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class);
        properties.put(RocksMemory.KEY, memory);
        // Streams' default of 100 ms would be most of the time from event to change.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                processing.linger().toMillis());
        // A commit sends the states of its customers at once; Kafka's default batches of 16 KB would take one request
        // for every few customers.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // Smaller than lz4 at the same cost; and lz4's stream takes 128 KB of heap per batch, however small.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG), 1);
        properties.putAll(settings.kafka().values());
        return properties;
    }

    /** For the administration client: the common client properties, including security, and a bounded wait. */
    public static Map<String, Object> administration(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        int patience = (int) settings.processing().startPatience().toMillis();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(patience, 10_000));
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return client(settings, properties, AdminClientConfig.configNames(), StreamsConfig.ADMIN_CLIENT_PREFIX);
    }

    /** For a consumer without a group that reads only committed records, from the beginning. */
    public static Map<String, Object> reader(Settings settings) {
        Map<String, Object> properties =
                client(settings, new HashMap<>(), ConsumerConfig.configNames(), StreamsConfig.CONSUMER_PREFIX);
        properties.keySet().removeAll(Set.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A deleted topic must not come back with the broker's defaults.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return properties;
    }

    /**
     * For a consumer of a group that reads only committed records, commits through a producer, and must be told where to begin:
     * without an offset it fails.
     */
    public static Map<String, Object> member(Settings settings, String group) {
        Map<String, Object> properties = reader(settings);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // As for the processor: others wait so long before they take over from a killed instance.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
        return properties;
    }

    /** For a transactional producer; opening it fences earlier producers with the same id. */
    public static Map<String, Object> writer(Settings settings, String transactionalId) {
        Map<String, Object> properties =
                client(settings, new HashMap<>(), ProducerConfig.configNames(), StreamsConfig.PRODUCER_PREFIX);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // See EventPublisher: with several, batches for a new topic may arrive out of order.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return properties;
    }

    /**
     * For a producer whose records are written once, or not at all, and by all in-sync replicas. The user's properties
     * cannot weaken that.
     *
     * @param usual properties that the user may override
     */
    public static Map<String, Object> idempotentWriter(Settings settings, Map<String, Object> usual) {
        Map<String, Object> properties =
                client(settings, new HashMap<>(usual), ProducerConfig.configNames(), StreamsConfig.PRODUCER_PREFIX);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // See EventPublisher: with several, batches for a new topic may arrive out of order.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return properties;
    }

    /** @param names the properties that this kind of client supports */
    private static Map<String, Object> client(
            Settings settings, Map<String, Object> properties, Set<String> names, String prefix) {
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        settings.kafka().values().forEach((key, value) -> {
            if (names.contains(key)) {
                properties.put(key, value);
            }
        });
        settings.kafka().values().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                properties.put(key.substring(prefix.length()), value);
            }
        });
        return properties;
    }

    private static String guarantee(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
        };
    }
}
