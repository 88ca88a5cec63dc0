// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.ClientSettings;
import dev.segue.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks that a cluster answers and has the topic before a client is opened: clients themselves retry for ever. */
public final class ClusterDoor {
    private static final int PATIENCE_MILLIS = 5_000;

    private ClusterDoor() {}

    /**
     * Checks the cluster with the settings of a processor.
     *
     * @throws CannotStart if no broker answers within the time that the settings allow, the broker rejects the client,
     *     or the topic does not exist
     */
    public static void requireTopic(Settings settings, String topic) {
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException | KafkaException failure) {
            throw cannotStart(settings, topic, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the broker at " + settings.bootstrapServers() + ".");
        }
    }

    private static CannotStart cannotStart(Settings settings, String topic, Throwable failure) {
        if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            return new CannotStart("There is no topic " + topic + " at " + settings.bootstrapServers()
                    + "; 'segue run' creates it at its first start.");
        }
        return Failures.atStart(
                failure,
                settings.bootstrapServers(),
                settings.processing().startPatience().toSeconds());
    }

    /**
     * @throws CannotStart if no broker answers within five seconds, the broker rejects the client, or the topic does
     *     not exist
     */
    public static void requireTopic(ClientSettings settings, String topic) {
        try (Admin admin = Admin.create(config(settings))) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException failure) {
            throw cannotStart(settings, topic, failure.getCause() == null ? failure : failure.getCause());
        } catch (KafkaException failure) {
            throw cannotStart(settings, topic, failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the broker at " + settings.bootstrapServers() + ".");
        }
    }

    /**
     * Returns how long the topic keeps a record, counted from the record's own timestamp.
     *
     * @return empty if records are kept for ever, retention is counted otherwise, or the configuration may not be read
     */
    public static Optional<Duration> keeps(ClientSettings settings, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(config(settings))) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            boolean byItsOwnTime = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                    .value()
                    .equals("CreateTime");
            boolean deleted =
                    config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains("delete");
            long millis =
                    Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
            return byItsOwnTime && deleted && millis >= 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
        } catch (ExecutionException | KafkaException notAllowed) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Map<String, Object> config(ClientSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.putAll(settings.properties());
        return config;
    }

    private static CannotStart cannotStart(ClientSettings settings, String topic, Throwable cause) {
        String servers = settings.bootstrapServers();
        if (cause instanceof TimeoutException) {
            return new CannotStart("No broker answers at " + servers
                    + "; start Kafka there or set another address with --bootstrap-servers.");
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new CannotStart("There is no topic " + topic + " at " + servers
                    + "; start 'segue run' once, which creates the topics, or choose another with --topic.");
        }
        return new CannotStart("The broker at " + servers + " cannot be used: " + cause.getMessage(), cause);
    }
}
