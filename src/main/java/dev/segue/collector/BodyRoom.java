// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for the bodies of open requests: it is bounded, however many connections send. Safe for several threads. */
final class BodyRoom {
    /** The most bytes of all bodies at a time. */
    static final long USUAL = 64L << 20;

    private final AtomicLong left;

    /** @param bytes the most bytes of all bodies at a time */
    BodyRoom(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes room, which must be given back; false if there is not enough. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
