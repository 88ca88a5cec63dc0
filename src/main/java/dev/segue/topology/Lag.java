package dev.segue.topology;

import java.time.Duration;

/**
 * How far the tasks of one instance are behind: in each respect, the one that is furthest.
 *
 * @param clock between the newest tick and the clock; zero where the instance has no task
 * @param drain between the earliest deadline that is due and the newest tick; zero where none is due
 * @param overdue customers that are due and were not looked at yet, over all tasks; each counts up to a bound
 * @param waitingForRegistry stream threads that wait for the schema registry in the middle of a record
 */
public record Lag(Duration clock, Duration drain, long overdue, int waitingForRegistry) {}
