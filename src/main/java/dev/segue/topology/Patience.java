package dev.segue.topology;

import java.time.Duration;

/**
 * How long a record waits in its place for a registry that does not answer, on top of the registry client's own retries.
 * Waiting loses nothing: where a transaction times out meanwhile, or the group gives the partition to another member,
 * Streams does the work again. When patience is over the thread is replaced, which under exactly-once also restores its
 * state, so it is the last resort.
 *
 * @param attempts how often the registry is asked in all
 * @param pause between two attempts
 */
record Patience(int attempts, Duration pause) {
    static final Patience MINUTES = new Patience(120, Duration.ofSeconds(1));

    /** Sleeps for one pause; ends early where the thread is told to stop. */
    void await() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
