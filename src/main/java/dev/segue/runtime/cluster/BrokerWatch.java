// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Checks once a second that the cluster answers. While it is unreachable, Kafka's own clients only retry silently, and
 * Kafka Streams reports itself as running.
 */
public final class BrokerWatch implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Settings settings;
    private final Thread thread;
    private volatile @Nullable String trouble = "was not checked yet";

    public BrokerWatch(Settings settings) {
        this.settings = settings;
        thread = new Thread(this::watch, "segue-broker-watch");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Why the cluster cannot be used; null while it answers. */
    @Nullable
    public String trouble() {
        return trouble;
    }

    private void watch() {
        Map<String, Object> config = StreamsProperties.administration(settings);
        try (Admin admin = Admin.create(config)) {
            while (!Thread.currentThread().isInterrupted()) {
                trouble = check(admin);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (KafkaException refused) {
            trouble = Failures.sentence(refused);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable String check(Admin admin) throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                    .clusterId()
                    .get();
            return null;
        } catch (ExecutionException failure) {
            return Failures.sentence(failure);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
