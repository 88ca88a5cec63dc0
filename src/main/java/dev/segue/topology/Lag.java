// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.time.Duration;

/**
 * How far the tasks of one instance lag behind; each value is that of the worst task.
 *
 * @param clock between the newest tick and the clock; zero if the instance has no task
 * @param drain between the earliest due deadline and the newest tick; zero if none is due
 * @param overdue customers that are due and not yet visited, over all tasks; each task counts up to a limit
 * @param waitingForRegistry stream threads that wait for the schema registry in the middle of a record
 */
public record Lag(Duration clock, Duration drain, long overdue, int waitingForRegistry) {}
