// SPDX-License-Identifier: Apache-2.0
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
 * Checks the topic with the state of all customers. Streams silently recreates it empty if it is missing, and accepts
 * any cleanup policy: either would lose customers.
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
                        + applicationId + " has processed events: it would silently start with empty state."
                        + " Restore the topic, or start over with 'segue reset': all retained events are then counted"
                        + " again, and their changes published again.");
            }
            return;
        }
        String policy = policy();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            problems.add("Topic " + topic + " must have " + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + TopicConfig.CLEANUP_POLICY_COMPACT + ", but has " + policy
                    + ": the state of customers without recent events would be deleted. Mend it: kafka-configs.sh"
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

    /**
     * A processor that has run has read ticks. If only events have offsets, they were set by hand before the first
     * start.
     */
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
