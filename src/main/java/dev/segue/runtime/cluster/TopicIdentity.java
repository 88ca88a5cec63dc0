// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The id of a topic, which changes when a topic is deleted and created again. Safe for several threads. */
final class TopicIdentity implements AutoCloseable {
    /** The topic does not exist. */
    static final Uuid MISSING = Uuid.ZERO_UUID;

    private final Settings settings;
    private final Admin admin;
    private final String topic;

    TopicIdentity(Settings settings, String topic) {
        this.settings = settings;
        this.admin = Admin.create(StreamsProperties.administration(settings));
        this.topic = topic;
    }

    /**
     * Returns the topic's id, or {@link #MISSING}.
     *
     * @throws KafkaException if the broker does not answer
     */
    Uuid id() throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return MISSING;
            }
            throw new KafkaException(failure.getCause());
        }
    }

    /**
     * Creates the topic, empty.
     *
     * @throws KafkaException if the broker does not answer
     * @throws CannotStart if other topics are wrong too
     */
    void create() throws InterruptedException {
        try {
            int unused = new Topics(admin, settings).createOrCheck();
        } catch (ExecutionException failure) {
            throw new KafkaException(failure.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
