// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that the tasks of one instance may use together to cache customers between events. Safe for several threads.
 */
final class CacheBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit approximate, in bytes; 0 disables the cache */
    CacheBudget(long limit) {
        this.limit = limit;
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    boolean isExceeded() {
        return used.get() > limit;
    }
}
