// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.demo.shop.SimulatedShop;
import dev.segue.event.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps the simulated shop open: sends its events when they are due, then advances the processor's clock. The clock
 * reaches a time only after the broker has acknowledged and the processor has read every event up to it; so a tick
 * never overtakes an event.
 */
public final class ShopHours {
    private static final long ROUND_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long POLL_MILLIS = 5;
    /** Keeps a round short at any speed. */
    private static final int MOST_EVENTS_A_ROUND = 20_000;

    private final SimulatedShop shop;
    private final ShopClock clock;
    private final InstantSource wall;
    private final Consumer<Event> send;
    private final Runnable awaitAcknowledgement;
    private final LongSupplier taken;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean closing;

    /**
     * @param send sends one event
     * @param awaitAcknowledgement blocks until the broker has acknowledged all sent events
     * @param taken returns how many events the processor has read since this shop opened
     */
    ShopHours(
            SimulatedShop shop,
            ShopClock clock,
            InstantSource wall,
            Consumer<Event> send,
            Runnable awaitAcknowledgement,
            LongSupplier taken) {
        this.shop = shop;
        this.clock = clock;
        this.wall = wall;
        this.send = send;
        this.awaitAcknowledgement = awaitAcknowledgement;
        this.taken = taken;
    }

    /** Sends all events up to {@code time} and advances the clock to it. Used for the shop's past. */
    void catchUp(Instant time) throws InterruptedException {
        while (shop.nextTime() <= time.toEpochMilli() && !closing) {
            sendUntil(time.toEpochMilli());
        }
        awaitTaken();
        clock.advanceTo(time);
    }

    /** Keeps the shop open until {@link #close}. */
    void run(TimeLapse lapse, Runnable afterRound) throws InterruptedException {
        while (!closing) {
            Instant round = wall.instant();
            Instant reached = sendUntil(lapse.advance(round).toEpochMilli());
            awaitTaken();
            clock.advanceTo(reached);
            afterRound.run();
            long rest = round.toEpochMilli() + ROUND_MILLIS - wall.millis();
            Thread.sleep(Math.min(ROUND_MILLIS, Math.max(1, rest)));
        }
    }

    /** Makes {@link #run} return after its current round. */
    void close() {
        closing = true;
    }

    /** How many events the broker has acknowledged. */
    long sent() {
        return sent.get();
    }

    /** Sends events and returns the time up to which all are sent. */
    private Instant sendUntil(long time) {
        long count = 0;
        long latest = Long.MIN_VALUE;
        // Events of the same millisecond are sent together, because the clock cannot stand between them.
        while (shop.nextTime() <= time && (count < MOST_EVENTS_A_ROUND || shop.nextTime() == latest)) {
            Event event = shop.next();
            latest = event.time();
            send.accept(event);
            count++;
        }
        if (count > 0) {
            awaitAcknowledgement.run();
            sent.addAndGet(count);
        }
        return Instant.ofEpochMilli(shop.nextTime() <= time ? latest : time);
    }

    private void awaitTaken() throws InterruptedException {
        long deadline = wall.millis() + PATIENCE_MILLIS;
        while (taken.getAsLong() < sent.get() && !closing && wall.millis() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
    }
}
