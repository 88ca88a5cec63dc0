package dev.segue.config;

import java.time.Duration;

/**
 * What is remembered of erased customers, so that events that come late do not bring them back.
 *
 * @param salt goes into the hash that stands for an erased customer; blank stands for the application's id. With another
 *     salt, earlier erasures are no longer known
 * @param keepOut events of an erased customer are dropped that happened up to this long after the erasure, 0 s to 3650 d;
 *     a later one begins a new customer
 * @param localFiles how long the id of an erased customer may stay in files of the local store, 1 s to 30 d
 */
public record ErasureSettings(String salt, Duration keepOut, Duration localFiles) {
    /** @throws IllegalArgumentException naming the value that is wrong */
    public ErasureSettings {
        Check.that(salt.length() <= 1000, "erasure.salt must have at most 1000 characters");
        Check.within("erasure.keep_out", keepOut, Duration.ZERO, Duration.ofDays(3650));
        Check.within("erasure.local_files", localFiles, Duration.ofSeconds(1), Duration.ofDays(30));
    }

    /** No salt of its own; a month. */
    public static ErasureSettings defaults() {
        return new ErasureSettings("", Duration.ofDays(30), Duration.ofDays(1));
    }

    /**
     * Whether an event is one of those that are dropped.
     *
     * @param erasedAt when the customer was erased, in milliseconds since the epoch
     * @param eventTime when the event happened
     */
    public boolean keepsOut(long erasedAt, long eventTime) {
        return eventTime - erasedAt <= keepOut.toMillis();
    }

    /** Without the salt, so that settings can be printed. */
    @Override
    public String toString() {
        return "ErasureSettings[salt=***, keepOut=" + keepOut + ", localFiles=" + localFiles + "]";
    }
}
