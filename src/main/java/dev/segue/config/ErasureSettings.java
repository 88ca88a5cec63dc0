// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;

/**
 * Segue stores a hash of each erased customer, so that late events do not recreate the customer.
 *
 * @param salt salt of the hash; if blank, the application id is the salt. After a change of salt, Segue no longer
 *     recognizes earlier erasures
 * @param keepOut events of an erased customer are dropped if they happened up to this long after the erasure, 0 s to
 *     3650 d; a later event creates a new customer
 * @param localFiles how long the id of an erased customer may stay in files of the local store, 1 s to 30 d
 */
public record ErasureSettings(String salt, Duration keepOut, Duration localFiles) {
    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public ErasureSettings {
        Checks checks = new Checks();
        checks.that(salt.length() <= 1000, "erasure.salt must have at most 1000 characters");
        checks.within("erasure.keep_out", keepOut, Duration.ZERO, Duration.ofDays(3650));
        checks.within("erasure.local_files", localFiles, Duration.ofSeconds(1), Duration.ofDays(30));
        checks.end();
    }

    /** Blank salt; 30 days. */
    public static ErasureSettings defaults() {
        return new ErasureSettings("", Duration.ofDays(30), Duration.ofDays(1));
    }

    /**
     * Returns true if the event must be dropped.
     *
     * @param erasedAt when the customer was erased, in milliseconds since the epoch
     * @param eventTime the event time, in milliseconds since the epoch
     */
    public boolean keepsOut(long erasedAt, long eventTime) {
        return eventTime - erasedAt <= keepOut.toMillis();
    }

    /** Omits the salt, so that settings can be printed. */
    @Override
    public String toString() {
        return "ErasureSettings[salt=***, keepOut=" + keepOut + ", localFiles=" + localFiles + "]";
    }
}
