// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How up to date the data is.
 *
 * @param age the time since the cluster last answered; null if it never has
 * @param trouble why the cluster cannot be read; null if it can
 * @param topics what is read, in the order in which it is needed
 */
public record Freshness(@Nullable Duration age, @Nullable String trouble, List<Topic> topics) {
    public Freshness {
        topics = List.copyOf(topics);
    }

    /**
     * How far a topic has been read.
     *
     * @param isThere false if it does not exist, or has not been found yet
     * @param isWhole whether it has been read as far as it reached when it was found
     * @param read records since the console was started
     * @param behind records that are left, as of the last look
     * @param latest timestamp of the latest record, in milliseconds since the epoch; null if none was read
     * @param undecodable records that could not be decoded
     * @param firstUndecodable where the first of them is, and what is wrong with it; null if there is none
     */
    public record Topic(
            String name,
            boolean isThere,
            boolean isWhole,
            long read,
            long behind,
            @Nullable Long latest,
            long undecodable,
            @Nullable String firstUndecodable) {}

    /** Returns whether everything has been read once, so that counts are whole. */
    public boolean isComplete() {
        return age != null && topics.stream().allMatch(Topic::isWhole);
    }

    /** Returns how many records are left to read. */
    public long behind() {
        return topics.stream().mapToLong(Topic::behind).sum();
    }

    public long undecodable() {
        return topics.stream().mapToLong(Topic::undecodable).sum();
    }
}
