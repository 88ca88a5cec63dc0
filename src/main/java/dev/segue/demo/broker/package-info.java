// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka broker inside this JVM. No other package may use the broker's classes. Start at {@link
 * dev.segue.demo.broker.EmbeddedBroker}.
 */
@NullMarked
package dev.segue.demo.broker;

import org.jspecify.annotations.NullMarked;
