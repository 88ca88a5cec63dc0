// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.EndpointSettings;
import dev.segue.runtime.RateLimit;
import dev.segue.runtime.cluster.StreamsProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Makes attempts within the endpoint's rate and number, and hands their results over. For one thread. */
final class Dispatch {
    /** Attempts end by their own time limit; this much later at most. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** No endpoint is left alone for longer than a day because it asked for it. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    /**
     * A process that slept for longer may have lost its partitions, and must hear from the group before it sends. Shorter
     * than the session.
     */
    private static final long LEASE_NANOS = StreamsProperties.SESSION.toNanos() * 6 / 10;

    private final EndpointSettings endpoint;
    private final Courier courier;
    private final Mailroom mailroom;
    private final DeliveryMeters meters;
    private final RateLimit rate;
    private final Map<Letter, CompletableFuture<Attempt>> underWay = new HashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private long pausedUntil;
    private long rateUntil;
    private long ownsSince;

    private record Ended(Letter letter, Attempt attempt) {}

    Dispatch(EndpointSettings endpoint, Courier courier, Mailroom mailroom, DeliveryMeters meters) {
        this.endpoint = endpoint;
        this.courier = courier;
        this.mailroom = mailroom;
        this.meters = meters;
        long now = System.nanoTime();
        this.rateUntil = now;
        this.ownsSince = now;
        double perSecond = endpoint.rate().perSecond();
        this.rate = new RateLimit(perSecond, Math.max(1, perSecond), now);
    }

    /** False if so much time has passed that others may own the partitions by now. */
    boolean isOwner() {
        return System.nanoTime() - ownsSince <= LEASE_NANOS;
    }

    /** The partitions are still ours. */
    void owns() {
        ownsSince = System.nanoTime();
    }

    int underWay() {
        return underWay.size();
    }

    /** Until when the endpoint asks to be left alone, in milliseconds since the epoch. */
    long pausedUntil() {
        return pausedUntil;
    }

    /** Begins as many attempts as may be. */
    void start(long now) {
        while (underWay.size() < endpoint.concurrency() && now >= pausedUntil && mayStart()) {
            Letter letter = mailroom.next(now);
            if (letter == null) {
                return;
            }
            begin(letter);
        }
    }

    private boolean mayStart() {
        return isOwner() && System.nanoTime() - rateUntil >= 0;
    }

    private void begin(Letter letter) {
        long nanos = System.nanoTime();
        Duration wait = rate.take(1, nanos);
        if (!wait.isZero()) {
            rateUntil = nanos + wait.toNanos();
            mailroom.letters().putBack(letter);
            return;
        }
        CompletableFuture<Attempt> attempt = courier.send(letter.decision(), letter.id());
        underWay.put(letter, attempt);
        // Completes in any case, and its result is taken from the queue.
        var unused = attempt.whenComplete((result, failure) -> ended.add(new Ended(
                letter, failure == null ? result : Attempt.failed("the attempt broke: " + failure.getClass()))));
    }

    /** Hands over the results of the attempts that have ended. */
    void collect(long now) {
        for (Ended one = ended.poll(); one != null; one = ended.poll()) {
            underWay.remove(one.letter());
            Attempt attempt = one.attempt();
            meters.attempt(attempt.result());
            Duration asked = attempt.retryAfter();
            if (asked != null) {
                Duration pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
                pausedUntil = Math.max(pausedUntil, now + pause.toMillis());
            }
            mailroom.attempted(one.letter(), attempt, now);
        }
    }

    /** Waits for the attempts for certain letters; they end by their own time limit. */
    void await(Duration patience, Predicate<Letter> which) {
        long end = System.nanoTime() + patience.plus(GRACE).toNanos();
        underWay.forEach((letter, attempt) -> {
            if (which.test(letter)) {
                try {
                    attempt.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (ExecutionException | CompletionException | TimeoutException ended) {
                    // Its result, if it has one, is collected like any other.
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }
}
