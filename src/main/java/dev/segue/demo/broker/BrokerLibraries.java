// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

/** The libraries of Kafka's broker, without which {@link EmbeddedBroker} cannot even be loaded. */
public final class BrokerLibraries {
    private static final String SERVER = "kafka/server/KafkaRaftServer.class";

    private BrokerLibraries() {}

    /** Returns whether they are on the class path: the processor ships without them. */
    public static boolean arePresent() {
        return BrokerLibraries.class.getClassLoader().getResource(SERVER) != null;
    }
}
