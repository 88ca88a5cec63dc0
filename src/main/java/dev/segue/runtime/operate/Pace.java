// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import java.util.concurrent.TimeUnit;

/** Delays events, so that they are sent at the speed at which they happened, or faster. */
public final class Pace {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final double speed;
    private boolean begun;
    private long firstEvent;
    private long start;

    private Pace(double speed) {
        this.speed = speed;
    }

    /** @throws IllegalArgumentException if the text is neither a number above 0 nor {@code max} */
    public static Pace parse(String text) {
        if (text.equals("max")) {
            return new Pace(UNLIMITED);
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0 && speed <= 1e9) {
                return new Pace(speed);
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same message.
        }
        throw new IllegalArgumentException("a number above 0, such as 60, or max, not '" + text + "'.");
    }

    /** Waits until an event is due, in milliseconds since the epoch. The first event is due at once. */
    public void await(long event) throws InterruptedException {
        if (speed == UNLIMITED) {
            return;
        }
        if (!begun) {
            begun = true;
            firstEvent = event;
            start = System.nanoTime();
        }
        long due = start + (long) ((event - firstEvent) / speed * TimeUnit.MILLISECONDS.toNanos(1));
        long wait = due - System.nanoTime();
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }
}
