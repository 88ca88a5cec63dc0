package dev.segue.runtime;

import dev.segue.config.ClientSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster, before a client is opened, whether it is there and has the topic: clients themselves retry for ever. */
final class ClusterDoor {
    private static final int PATIENCE_MILLIS = 5_000;

    private ClusterDoor() {}

    /** @throws CannotStart when no broker answers within five seconds, it refuses us, or there is no such topic */
    static void requireTopic(ClientSettings settings, String topic) {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.putAll(settings.properties());
        try (Admin admin = Admin.create(config)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException failure) {
            throw cannotStart(settings, topic, failure.getCause() == null ? failure : failure.getCause());
        } catch (KafkaException failure) {
            throw cannotStart(settings, topic, failure.getCause() == null ? failure : failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while asking the broker at " + settings.bootstrapServers() + ".");
        }
    }

    private static CannotStart cannotStart(ClientSettings settings, String topic, Throwable cause) {
        String servers = settings.bootstrapServers();
        if (cause instanceof TimeoutException) {
            return new CannotStart("No broker answers at " + servers
                    + "; start Kafka there or name another with --bootstrap-servers.");
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new CannotStart("There is no topic " + topic + " at " + servers
                    + "; start 'segue run' once, which creates the topics, or name another with --topic.");
        }
        return new CannotStart("The broker at " + servers + " cannot be used: " + cause.getMessage(), cause);
    }
}
