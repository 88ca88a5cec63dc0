// SPDX-License-Identifier: Apache-2.0
/**
 * The demo, in one process: a Kafka broker, a simulated shop whose time runs faster than real time, a processor, and a
 * live view. Start at {@link dev.segue.demo.Demo}.
 */
@NullMarked
package dev.segue.demo;

import org.jspecify.annotations.NullMarked;
