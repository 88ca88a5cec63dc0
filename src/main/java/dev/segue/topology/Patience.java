// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a record wait while the registry does not answer, in addition to the registry client's own retries. Waiting
 * loses nothing: if the transaction times out meanwhile, or the group gives the partition to another member, Streams
 * repeats the work from the last commit. A new thread would wait as well, but only after the old thread's session had
 * ended and its state had been restored.
 *
 * @param attempts the maximum number of registry requests
 * @param pause between two attempts
 * @param stopping true while the application is being stopped, which ends the wait
 * @param progress counts the threads that wait
 */
record Patience(int attempts, Duration pause, BooleanSupplier stopping, Progress progress) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 50;

    /** Waits for as long as the application runs. */
    static Patience until(BooleanSupplier stopping, Progress progress) {
        return new Patience(Integer.MAX_VALUE, BETWEEN_ATTEMPTS, stopping, progress);
    }

    /** A computation that may need the registry. */
    interface Question<T> {
        T ask() throws BadRecord;
    }

    /** Returns the result; throws the registry's last failure if there is none. */
    <T> T answer(Question<T> question) throws BadRecord {
        try {
            return question.ask();
        } catch (RegistryException.Unreachable away) {
            progress.waitForRegistry();
            try {
                return answerLater(question, away);
            } finally {
                progress.stopWaitingForRegistry();
            }
        }
    }

    private <T> T answerLater(Question<T> question, RegistryException.Unreachable first) throws BadRecord {
        RegistryException.Unreachable latest = first;
        for (int attempt = 1; attempt < attempts && restAfter(attempt, latest); attempt++) {
            try {
                T answer = question.ask();
                LOG.warn("the schema registry answers again");
                return answer;
            } catch (RegistryException.Unreachable away) {
                latest = away;
            }
        }
        throw latest;
    }

    private boolean restAfter(int attempt, RegistryException.Unreachable away) {
        // Logs the 1st, 2nd, 4th, 8th... attempt: an outage of hours must not fill the log.
        if (Integer.bitCount(attempt) == 1) {
            LOG.warn("waits for the schema registry: {}", away.getMessage());
        }
        return rest();
    }

    /** Sleeps for one pause; false if the application is being stopped or the thread was interrupted. */
    private boolean rest() {
        long left = pause.toMillis();
        while (left > 0 && !stopping.getAsBoolean()) {
            try {
                Thread.sleep(Math.min(left, LOOK_MILLIS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
            left -= LOOK_MILLIS;
        }
        return !stopping.getAsBoolean() && !Thread.currentThread().isInterrupted();
    }
}
