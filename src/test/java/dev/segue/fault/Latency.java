// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

/**
 * How long events took until their change could be read, in milliseconds.
 *
 * @param events how many were measured
 * @param p99 99 % took no longer
 */
public record Latency(int events, long median, long p99, long longest) {
    /** @param sorted in milliseconds; at least one */
    static Latency of(long[] sorted) {
        return new Latency(
                sorted.length, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return events + " events: median " + median + " ms, 99 % within " + p99 + " ms, longest " + longest + " ms";
    }
}
