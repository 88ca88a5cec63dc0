// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * One stored element of a stream.
 *
 * @param time milliseconds since the epoch
 * @param value the value for lambdas: a map of its fields by name
 */
public record Timed(long time, Object value) {}
