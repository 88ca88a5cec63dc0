package dev.segue.topology;

import java.util.concurrent.atomic.AtomicLong;

/** What all tasks of one instance may keep of their customers between events. Safe for several threads. */
final class CacheBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes, about; 0 for nothing */
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
