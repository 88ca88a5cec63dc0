package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.topology.SegueTopology;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic with the state of all customers. Streams makes it anew, empty, where it is missing, and takes any cleanup
 * policy that it has: in both cases customers would be forgotten without a word.
 */
final class Changelog {
    private final Admin admin;
    private final String applicationId;
    private final String topic;
    private final String control;

    Changelog(Admin admin, Settings settings) {
        this.admin = admin;
        this.applicationId = settings.applicationId();
        this.control = settings.topics().names().control();
        this.topic = SegueTopology.changelog(applicationId);
    }

    void check(List<String> problems) throws ExecutionException, InterruptedException {
        if (!exists()) {
            if (hasCommitted()) {
                problems.add("Topic " + topic + ", which holds the state of every customer, is missing, but "
                        + applicationId + " has processed events: all that is remembered would silently start empty."
                        + " Bring the topic back, or begin anew with 'segue reset': the events that are still kept are"
                        + " then counted again, and their changes told again.");
            }
            return;
        }
        String policy = policy();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            problems.add("Topic " + topic + " must have " + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + TopicConfig.CLEANUP_POLICY_COMPACT + ", but has " + policy
                    + ": the state of customers who are quiet for long would be deleted. Mend it: kafka-configs.sh"
                    + " --alter --topic " + topic + " --add-config " + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + TopicConfig.CLEANUP_POLICY_COMPACT + ".");
        }
    }

    private boolean exists() throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure;
        }
    }

    /** Whoever has worked has read ticks. Offsets of events alone were set by hand, before the first start. */
    private boolean hasCommitted() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get().keySet().stream()
                .anyMatch(partition -> partition.topic().equals(control));
    }

    private String policy() throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
    }
}
