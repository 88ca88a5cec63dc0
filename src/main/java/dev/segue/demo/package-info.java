/**
 * Everything for the demo, in one process: a Kafka broker inside this JVM, a simulated shop whose time runs faster than
 * ours, and a live view of the segment changes. No other package may import the broker. Start at {@link
 * dev.segue.demo.Demo}; then {@link dev.segue.demo.SimulatedShop} and {@link dev.segue.demo.EmbeddedBroker}.
 */
@NullMarked
package dev.segue.demo;

import org.jspecify.annotations.NullMarked;
