// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The embedded broker's settings. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Name of the listener for clients, for any protocol. */
    private static final String LISTENER = "BROKER";

    private static final String LONGEST_MILLIS = String.valueOf(Long.MAX_VALUE);
    private static final String LARGEST_INT = String.valueOf(Integer.MAX_VALUE);

    private BrokerSettings() {}

    static Map<String, String> of(int port, int controllerPort, Path directory) {
        Map<String, String> settings = new HashMap<>();
        listeners(settings, port, controllerPort);
        settings.put("log.dirs", directory.toString());
        oneNode(settings);
        oldTimestamps(settings);
        smallFootprint(settings);
        return settings;
    }

    private static void listeners(Map<String, String> settings, int port, int controllerPort) {
        String broker = LISTENER + "://" + Ports.LOOPBACK + ":" + port;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("advertised.listeners", broker);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", LISTENER);
        settings.put("listener.security.protocol.map", LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private static void oneNode(Map<String, String> settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    /** The demo's records have timestamps that are months old: age must neither delete them nor roll files. */
    private static void oldTimestamps(Map<String, String> settings) {
        settings.put("log.retention.ms", "-1");
        settings.put("log.retention.check.interval.ms", LONGEST_MILLIS);
        settings.put("log.roll.ms", LONGEST_MILLIS);
        // A producer's sequence numbers expire by the age of its last record.
        settings.put("producer.id.expiration.ms", LARGEST_INT);
        settings.put("producer.id.expiration.check.interval.ms", LARGEST_INT);
    }

    private static void smallFootprint(Map<String, String> settings) {
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("log.segment.bytes", "67108864");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.cleaner.io.buffer.size", "65536");
        settings.put("offsets.load.buffer.size", "1048576");
        settings.put("transaction.state.log.load.buffer.size", "1048576");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "3");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
    }
}
