// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Events as phones that lose the network send them: one of twenty is held back for between a minute and a day of the
 * shop's time, and arrives among events that happened after it.
 */
final class LateEvents {
    private static final int ONE_OF = 20;
    private static final long LEAST_MILLIS = 60_000;
    private static final double MOST_TO_LEAST = 24 * 60;

    private final Random random;
    private final Consumer<Event> listener;

    /** Of those that arrive at one instant, the one that happened first comes first. */
    private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparingLong(Held::comes)
            .thenComparingLong(one -> one.event().time()));

    private record Held(long comes, Event event) {}

    /** @param listener receives all events, in order of arrival */
    LateEvents(long seed, Consumer<Event> listener) {
        this.random = new Random(seed);
        this.listener = listener;
    }

    /** Adds the next event in order of time. */
    void accept(Event event) {
        release(event.time());
        if (random.nextInt(ONE_OF) == 0) {
            // Distributed logarithmically: as many are late by minutes as by hours.
            double late = LEAST_MILLIS * Math.pow(MOST_TO_LEAST, random.nextDouble());
            held.add(new Held(event.time() + Math.round(late), event));
        } else {
            listener.accept(event);
        }
    }

    /** Releases the events that are still held back. */
    void end() {
        release(Long.MAX_VALUE);
    }

    private void release(long now) {
        while (!held.isEmpty() && held.peek().comes() <= now) {
            listener.accept(held.remove().event());
        }
    }
}
