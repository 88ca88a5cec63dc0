// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

/**
 * One element of a stream as it is kept.
 *
 * @param time milliseconds since the epoch
 * @param value what lambdas see: a map of its fields by name
 */
public record Timed(long time, Object value) {}
