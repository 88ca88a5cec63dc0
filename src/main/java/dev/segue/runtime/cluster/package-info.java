// SPDX-License-Identifier: Apache-2.0
/**
 * Everything about the Kafka cluster and the disk: topics, rights, Kafka's configuration keys, and the reachability of
 * brokers. Only this package creates topics and, apart from the demo's broker, chooses Kafka's settings.
 */
@NullMarked
package dev.segue.runtime.cluster;

import org.jspecify.annotations.NullMarked;
