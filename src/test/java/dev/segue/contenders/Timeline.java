// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

/**
 * The phases of a paced run, in milliseconds since the epoch.
 *
 * @param start the first event's time
 */
record Timeline(long start, Pace pace) {
    long measuredFrom() {
        return start + pace.warmUp().toMillis();
    }

    long measuredTo() {
        return measuredFrom() + pace.span().toMillis();
    }

    boolean isMeasured(long time) {
        return time >= measuredFrom() && time < measuredTo();
    }

    long end() {
        return start + pace.length().toMillis();
    }
}
