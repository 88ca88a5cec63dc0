// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.value.CountText;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects when the events topic gets more partitions while the processor runs. Kafka allows that at any time, and Kafka
 * Streams does not report it: the new partitions are not read, and keys belong to other partitions than before.
 */
public final class PartitionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWatch.class);
    private static final long PAUSE_SECONDS = 20;

    private final Settings settings;
    private final String topic;
    private final int expected;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable String trouble;

    /** @param expected number of partitions of the events topic at the start */
    public PartitionWatch(Settings settings, int expected) {
        this.settings = settings;
        this.topic = settings.topics().names().behaviorEvents();
        this.expected = expected;
        thread = new Thread(this::watch, "segue-partition-watch");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The problem with the topic's partitions, or null. */
    @Nullable
    public String trouble() {
        return trouble;
    }

    private void watch() {
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                see(count(admin));
            }
        } catch (KafkaException | InterruptedException over) {
            LOG.debug("no longer checks for new partitions", over);
        }
    }

    /** Returns the expected number while the broker does not answer; another check reports that. */
    private int count(Admin admin) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        } catch (ExecutionException away) {
            return expected;
        }
    }

    void see(int count) {
        if (count == expected) {
            return;
        }
        String sentence = "topic " + topic + " had " + CountText.of(expected, "partition")
                + " when this processor started, and has "
                + count
                + " now: keys belong to other partitions than before, so customers are split into two halves, and"
                + " some partitions are not read. Stop all instances. 'segue reset' deletes all state and does not mend"
                + " it, because older events stay where they are: start over with another topics.prefix and"
                + " application_id, and send the events again";
        if (trouble == null) {
            LOG.error("{}", sentence);
        }
        trouble = sentence;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
